package io.daypass.engine.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.daypass.plugin.Invalid;
import io.daypass.plugin.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class ScramVerifierTest {
    /** The exchange of RFC 7677, section 3. */
    private static final String SALT = "W22ZaJ0SNY7soEsUEjb6gQ==";

    private static final String AUTH_MESSAGE = "n=user,r=rOprNGfwEbeRWgbNEkqO,"
            + "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,"
            + "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    private static final String CLIENT_PROOF = "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
    private static final String SERVER_SIGNATURE = "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

    @Test
    void of_acceptsTheProofOfTheRfc_andSignsAsTheRfcSays() throws Exception {
        byte[] salt = Base64.getDecoder().decode(SALT);
        String[] parts = ScramVerifier.of(Secret.of("pencil"), salt, 4096).split("[$:]", -1);
        assertEquals("SCRAM-SHA-256", parts[0]);
        assertEquals("4096", parts[1]);
        assertEquals(SALT, parts[2]);
        byte[] storedKey = Base64.getDecoder().decode(parts[3]);
        byte[] serverKey = Base64.getDecoder().decode(parts[4]);

        assertEquals(SERVER_SIGNATURE, Base64.getEncoder().encodeToString(hmac(serverKey)));
        byte[] clientKey = Base64.getDecoder().decode(CLIENT_PROOF);
        byte[] signature = hmac(storedKey);
        for (int i = 0; i < clientKey.length; i++) {
            clientKey[i] ^= signature[i];
        }
        assertEquals(
                parts[3],
                Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-256").digest(clientKey)));
    }

    @Test
    void of_whatSaslprepWouldChange_isRefused() {
        assertThrows(Invalid.class, () -> ScramVerifier.of(Secret.of("p\u00e4ss"), new byte[16], 1));
        assertThrows(Invalid.class, () -> ScramVerifier.of(Secret.of("a\nb"), new byte[16], 1));
        assertThrows(Invalid.class, () -> ScramVerifier.of(Secret.of(""), new byte[16], 1));
    }

    private static byte[] hmac(byte[] key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(AUTH_MESSAGE.getBytes(StandardCharsets.US_ASCII));
    }
}
