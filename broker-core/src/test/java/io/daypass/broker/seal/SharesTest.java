package io.daypass.broker.seal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SharesTest {
    private final SecureRandom entropy = new SecureRandom();
    private final byte[] key = RawKey.random(entropy).getEncoded();

    @ParameterizedTest
    @CsvSource({"2, 2", "5, 3", "255, 2", "255, 255"})
    void join_ofEnough_givesTheKey(int n, int t) {
        List<byte[]> split = Shares.split(key, n, t, entropy);
        assertEquals(n, split.size());
        Shares shares = new Shares(n, t, entropy);
        for (int i = 0; i < t; i++) {
            assertEquals(i == t - 1, shares.add(hex(split.get(n - 1 - i))));
            assertEquals(i + 1, shares.progress());
        }
        assertArrayEquals(key, shares.join());
    }

    /** The last byte is x, the others are y, and the field is that of AES: what Vault's shares are. */
    @Test
    void split_givesSharesThatVaultsArithmeticJoins() {
        List<byte[]> split = Shares.split(key, 5, 3, entropy);
        List<byte[]> three = List.of(split.get(4), split.get(0), split.get(2));
        byte[] joined = new byte[RawKey.LENGTH];
        for (int at = 0; at < joined.length; at++) {
            int value = 0;
            for (byte[] share : three) {
                int term = share[at] & 0xff;
                for (byte[] other : three) {
                    if (other != share) {
                        term = times(term, times(x(other), inverse(x(share) ^ x(other))));
                    }
                }
                value ^= term;
            }
            joined[at] = (byte) value;
        }
        assertArrayEquals(key, joined);
    }

    @Test
    void split_intoOne_givesTheKeyItself() {
        List<byte[]> split = Shares.split(key, 1, 1, entropy);
        assertArrayEquals(key, split.get(0));
        Shares shares = new Shares(1, 1, entropy);
        assertTrue(shares.add(Base64.getEncoder().encodeToString(key)));
        assertArrayEquals(key, shares.join());
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-1, 1", "256, 2", "5, 0", "5, -1", "5, 6", "5, 1", "2147483647, 2147483647"})
    void split_outOfBounds_refuses(int n, int t) {
        assertThrows(SealException.class, () -> Shares.split(key, n, t, entropy));
    }

    @Test
    void add_ofTheSameAgain_changesNothing() {
        List<byte[]> split = Shares.split(key, 3, 2, entropy);
        Shares shares = new Shares(3, 2, entropy);
        assertFalse(shares.add(hex(split.get(0))));
        assertFalse(shares.add(Base64.getEncoder().encodeToString(split.get(0))));
        assertEquals(1, shares.progress());
        byte[] other = split.get(0).clone();
        other[0] ^= 1;
        assertThrows(SealException.class, () -> shares.add(hex(other)));
        assertEquals(1, shares.progress());
        assertTrue(shares.add("  " + hex(split.get(1)) + "\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "not a share", "zz", "AAAA"})
    void add_ofNoShare_refuses(String text) {
        Shares shares = new Shares(3, 2, entropy);
        assertThrows(SealException.class, () -> shares.add(text));
        assertEquals(0, shares.progress());
    }

    @Test
    void add_ofShareOfAnotherLengthOrNumber_refuses() {
        Shares shares = new Shares(3, 2, entropy);
        byte[] share = Shares.split(key, 3, 2, entropy).get(0);
        assertThrows(SealException.class, () -> shares.add(hex(key)));
        assertThrows(SealException.class, () -> shares.add(hex(Arrays.copyOf(share, 34))));
        byte[] zero = share.clone();
        zero[32] = 0;
        assertThrows(SealException.class, () -> shares.add(hex(zero)));
        byte[] high = share.clone();
        high[32] = 4;
        assertThrows(SealException.class, () -> shares.add(hex(high)));
        assertEquals(0, shares.progress());
    }

    private static int x(byte[] share) {
        return share[RawKey.LENGTH] & 0xff;
    }

    private static int times(int a, int b) {
        int product = 0;
        for (int left = a, right = b; right != 0; right >>= 1) {
            if ((right & 1) != 0) {
                product ^= left;
            }
            left = (left & 0x80) == 0 ? left << 1 : (left << 1) ^ 0x11b;
        }
        return product;
    }

    private static int inverse(int a) {
        int power = 1;
        for (int i = 0; i < 254; i++) {
            power = times(power, a);
        }
        return power;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
