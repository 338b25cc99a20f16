package io.daypass.engine.postgresql;

import io.daypass.plugin.Invalid;
import io.daypass.plugin.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What PostgreSQL stores in place of a password: SCRAM-SHA-256 of RFC 5802 and RFC 7677, in PostgreSQL's own notation.
 * Computed here, so that the password itself is in no statement and in no log of the server.
 */
final class ScramVerifier {
    /** What PostgreSQL takes for a salt. */
    static final int SALT_BYTES = 16;

    private static final String MAC = "HmacSHA256";

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
        try {
            Mac mac = Mac.getInstance(MAC);
            byte[] salted = salted(mac, text.getBytes(StandardCharsets.US_ASCII), salt, iterations);
            mac.init(new SecretKeySpec(salted, MAC));
            byte[] clientKey = mac.doFinal(ascii("Client Key"));
            byte[] storedKey = MessageDigest.getInstance("SHA-256").digest(clientKey);
            byte[] serverKey = mac.doFinal(ascii("Server Key"));
            Base64.Encoder base64 = Base64.getEncoder();
            return "SCRAM-SHA-256$" + iterations + ":" + base64.encodeToString(salt) + "$"
                    + base64.encodeToString(storedKey) + ":" + base64.encodeToString(serverKey);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }

    /** {@code Hi} of RFC 5802: PBKDF2 with one block of output. */
    private static byte[] salted(Mac mac, byte[] password, byte[] salt, int iterations)
            throws GeneralSecurityException {
        mac.init(new SecretKeySpec(password, MAC));
        mac.update(salt);
        mac.update(new byte[] {0, 0, 0, 1});
        byte[] last = mac.doFinal();
        byte[] result = last.clone();
        for (int i = 1; i < iterations; i++) {
            mac.update(last);
            mac.doFinal(last, 0);
            for (int j = 0; j < result.length; j++) {
                result[j] ^= last[j];
            }
        }
        return result;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
