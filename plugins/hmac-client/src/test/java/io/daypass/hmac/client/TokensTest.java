package io.daypass.hmac.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TokensTest {
    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");
    private static final Duration LONGEST = Duration.ofHours(8);
    private static final byte[] PAYLOAD = "user=ada".getBytes(StandardCharsets.US_ASCII);
    private static final long SOON = NOW.plusSeconds(60).getEpochSecond();

    private static byte[] secret(int seed, int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    private static Key key(String id, Algorithm algorithm, byte[] secret) {
        return new Key(id, algorithm, secret, false, NOW, NOW.plus(LONGEST), NOW.plus(LONGEST.multipliedBy(2)), NOW);
    }

    private static final Key KEY = key("k1", Algorithm.HS256, secret(1, 32));
    private static final Keys KEYS = new Keys("v", List.of(key("k0", Algorithm.HS512, secret(0, 64)), KEY), LONGEST);

    private static byte[] token(long expiry) {
        return Tokens.ofThread().write(KEY, expiry, PAYLOAD);
    }

    private static Verdict check(byte[] token) {
        return Tokens.ofThread().check(KEYS, NOW.toEpochMilli(), token);
    }

    private static Verdict check(String token) {
        return check(token.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void code_isTheJdksOwn_forKeysOfAnyLength(Algorithm algorithm) throws Exception {
        String jdk = "Hmac" + algorithm.hash().replace("-", "");
        for (int length : new int[] {1, 20, 32, 64, 65, 128, 129, 200}) {
            byte[] secret = secret(length, length);
            byte[] token = Tokens.ofThread().write(key("kx", algorithm, secret), SOON, PAYLOAD);
            int dot = new String(token, StandardCharsets.US_ASCII).lastIndexOf('.');
            Mac mac = Mac.getInstance(jdk);
            mac.init(new SecretKeySpec(secret, jdk));
            mac.update(token, 0, dot);
            assertArrayEquals(
                    mac.doFinal(), Base64.getUrlDecoder().decode(Arrays.copyOfRange(token, dot + 1, token.length)));
        }
    }

    @Test
    void payload_comesBack_whateverItsLength() {
        for (int length = 0; length < 100; length++) {
            byte[] payload = secret(length, length);
            byte[] token = Tokens.ofThread().write(KEY, SOON, payload);
            assertEquals(Verdict.VALID, check(token));
            assertArrayEquals(payload, Tokens.ofThread().payload(token));
            assertTrue(new String(token, StandardCharsets.US_ASCII).matches("[A-Za-z0-9._-]+"));
        }
    }

    @Test
    void anyOtherByte_isNotThisToken() {
        byte[] token = token(SOON);
        SplittableRandom random = new SplittableRandom(7);
        for (int at = 0; at < token.length; at++) {
            byte[] changed = token.clone();
            do {
                changed[at] = (byte) random.nextInt(256);
            } while (changed[at] == token[at]);
            assertNotEquals(Verdict.VALID, check(changed), "byte " + at);
        }
    }

    @Test
    void anyPart_isNotThisToken() {
        byte[] token = token(SOON);
        for (int length = 0; length < token.length; length++) {
            assertNotEquals(Verdict.VALID, check(Arrays.copyOf(token, length)), "length " + length);
            assertNotEquals(Verdict.VALID, check(Arrays.copyOfRange(token, token.length - length, token.length)));
        }
        assertNotEquals(Verdict.VALID, check(Arrays.copyOf(token, token.length + 1)));
    }

    @Test
    void whatIsNoToken_isMalformed() {
        for (String text : List.of(
                "",
                "d1",
                "d1.",
                "d1....",
                "d2.k1.1.a.b",
                "d1.k1.-1.YQ.YQ",
                "d1.k1.01.YQ.YQ",
                "d1.k1.9999999999999.YQ.YQ",
                "d1.k1.1e3.YQ.YQ",
                "eyJhbGciOiJub25lIn0.e30.",
                "d1.k1." + "9".repeat(5000))) {
            assertEquals(Verdict.MALFORMED, check(text), text);
        }
    }

    @Test
    void verdicts_sayWhy() {
        assertEquals(Verdict.EXPIRED, check(token(NOW.getEpochSecond())));
        assertEquals(
                Verdict.TOO_LONG,
                check(token(
                        NOW.plus(LONGEST).plus(Tokens.ALLOWANCE).plusSeconds(1).getEpochSecond())));
        Key stranger = key("k9", Algorithm.HS256, secret(1, 32));
        assertEquals(Verdict.UNKNOWN_KEY, check(Tokens.ofThread().write(stranger, SOON, PAYLOAD)));
        Key forger = key("k1", Algorithm.HS256, secret(2, 32));
        assertEquals(Verdict.FORGED, check(Tokens.ofThread().write(forger, SOON, PAYLOAD)));
        assertEquals(Verdict.FORGED, check("d1.k1.1.YQ.YQ.YQ"));
        assertEquals(Verdict.FORGED, check("d1.k1.1.YQ"));
        Key otherAlgorithm = key("k1", Algorithm.HS512, secret(1, 32));
        assertEquals(Verdict.FORGED, check(Tokens.ofThread().write(otherAlgorithm, SOON, PAYLOAD)));
        long afterAll = NOW.plus(LONGEST.multipliedBy(2)).toEpochMilli();
        assertEquals(Verdict.UNKNOWN_KEY, Tokens.ofThread().check(KEYS, afterAll, token(SOON)));
        assertEquals(Verdict.UNKNOWN_KEY, Tokens.ofThread().check(Keys.NONE, NOW.toEpochMilli(), token(SOON)));
    }

    @Test
    void aTokenThatNoCookieCouldHold_isNotWritten() {
        byte[] much = new byte[Tokens.LONGEST];
        assertThrows(IllegalArgumentException.class, () -> Tokens.ofThread().write(KEY, SOON, much));
    }

    @Test
    void aSignedPayloadThatIsNoBase64_isNull() {
        byte[] head = ("d1.k1." + SOON + ".Y").getBytes(StandardCharsets.US_ASCII);
        byte[] code = new byte[32];
        Hash.of(Algorithm.HS256).code(KEY, head, head.length, code);
        byte[] token = Arrays.copyOf(head, head.length + 1 + Text.encodedLength(32));
        token[head.length] = '.';
        Text.encode(code, 32, token, head.length + 1);
        assertEquals(Verdict.VALID, check(token));
        assertNull(Tokens.ofThread().payload(token));
    }

    @Test
    void check_allocatesNothing() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] token = token(SOON);
        byte[] forged = token.clone();
        forged[forged.length - 1] ^= 1;
        long valid = 0;
        for (int i = 0; i < 50_000; i++) {
            valid += check(token) == Verdict.VALID && check(forged) != Verdict.VALID ? 1 : 0;
        }
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        for (int i = 0; i < 10_000; i++) {
            valid += check(token) == Verdict.VALID && check(forged) != Verdict.VALID ? 1 : 0;
        }
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertEquals(60_000, valid);
        assertTrue(allocated < 10_000, allocated + " bytes for 20,000 checks");
    }
}
