package io.daypass.hmac.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Base64url without padding (RFC 4648, section 5), into and out of buffers. Allocates nothing. */
final class Text {
    private static final byte[] DIGITS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VALUES = values();
    private static final int BITS = 6;
    private static final int MASK = 63;

    private Text() {}

    private static byte[] values() {
        byte[] values = new byte[256];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < DIGITS.length; i++) {
            values[DIGITS[i]] = (byte) i;
        }
        return values;
    }

    /** How many characters so many bytes become. */
    static int encodedLength(int bytes) {
        return (bytes * 4 + 2) / 3;
    }

    /** How many bytes so many characters stand for; -1: none do. */
    static int decodedLength(int characters) {
        return characters % 4 == 1 ? -1 : characters * 3 / 4;
    }

    /**
     * Encodes.
     *
     * @return where it ends
     */
    static int encode(byte[] bytes, int length, byte[] into, int at) {
        int end = at;
        int bits = 0;
        int held = 0;
        for (int i = 0; i < length; i++) {
            bits = (bits << 8) | (bytes[i] & 0xff);
            held += 8;
            while (held >= BITS) {
                held -= BITS;
                into[end++] = DIGITS[(bits >> held) & MASK];
            }
        }
        if (held > 0) {
            into[end++] = DIGITS[(bits << (BITS - held)) & MASK];
        }
        return end;
    }

    /**
     * Decodes.
     *
     * @param into exactly as long as what comes out
     * @return false: it isn't base64url, or not the one way in which these bytes are written
     */
    static boolean decode(byte[] text, int from, int length, byte[] into) {
        int end = 0;
        int bits = 0;
        int held = 0;
        for (int i = from; i < from + length; i++) {
            int value = VALUES[text[i] & 0xff];
            if (value < 0) {
                return false;
            }
            bits = (bits << BITS) | value;
            held += BITS;
            if (held >= 8) {
                held -= 8;
                into[end++] = (byte) (bits >> held);
            }
        }
        return end == into.length && (bits & ((1 << held) - 1)) == 0;
    }
}
