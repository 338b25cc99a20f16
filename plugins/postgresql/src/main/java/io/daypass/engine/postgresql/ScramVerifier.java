package io.daypass.engine.postgresql;

import io.daypass.plugin.Invalid;
import io.daypass.plugin.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What PostgreSQL stores in place of a password: SCRAM-SHA-256 of RFC 5802 and RFC 7677, in PostgreSQL's own notation.
 * Computed here, so that the password itself is in no statement and in no log of the server.
 */
final class ScramVerifier {
    /** What PostgreSQL takes for a salt. */
    static final int SALT_BYTES = 16;

    private static final byte[] CLIENT_KEY = ascii("Client Key");
    private static final byte[] SERVER_KEY = ascii("Server Key");

    private ScramVerifier() {}

    /**
     * @param password printable ASCII, so that SASLprep changes nothing
     * @param salt random
     * @param iterations at least 1
     * @return {@code SCRAM-SHA-256$iterations:salt$storedKey:serverKey}
     */
    static String of(Secret password, byte[] salt, int iterations) {
        String text = password.reveal();
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
            throw new Invalid("password", "must be printable ASCII");
        }
        byte[] salted = new HmacSha256(ascii(text)).iterated(salt, iterations);
        HmacSha256 hmac = new HmacSha256(salted);
        byte[] storedKey = HmacSha256.sha256().digest(hmac.of(CLIENT_KEY));
        byte[] serverKey = hmac.of(SERVER_KEY);
        Base64.Encoder base64 = Base64.getEncoder();
        return "SCRAM-SHA-256$" + iterations + ":" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(storedKey) + ":" + base64.encodeToString(serverKey);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
