package io.daypass.engine.postgresql;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.SplittableRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HmacSha256Test {
    /** The first blocks of the vectors in RFC 7914, section 11. */
    @ParameterizedTest
    @CsvSource({
        "passwd, salt, 1, 55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc",
        "Password, NaCl, 80000, 4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"
    })
    void iterated_isTheRfcs(String password, String salt, int iterations, String expected) {
        byte[] derived = new HmacSha256(password.getBytes(StandardCharsets.US_ASCII))
                .iterated(salt.getBytes(StandardCharsets.US_ASCII), iterations);
        assertEquals(expected, HexFormat.of().formatHex(derived));
    }

    @Test
    void of_isTheJdks_forKeysAndTextsOfAnyLength_andTwice() throws Exception {
        SplittableRandom random = new SplittableRandom(5);
        for (int length = 1; length < 140; length++) {
            byte[] key = new byte[length];
            byte[] text = new byte[random.nextInt(200)];
            random.nextBytes(key);
            random.nextBytes(text);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            HmacSha256 hmac = new HmacSha256(key);
            byte[] expected = mac.doFinal(text);
            assertArrayEquals(expected, hmac.of(text));
            assertArrayEquals(expected, hmac.of(text));
        }
    }
}
