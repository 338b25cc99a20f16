package io.daypass.hmac.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Base64url without padding (RFC 4648, section 5), into and out of buffers. Allocates nothing. */
final class Text {
    private static final byte[] DIGITS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VALUES = values();
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
     * Encodes, three bytes to four characters.
     *
     * @return where it ends
     */
    static int encode(byte[] bytes, int length, byte[] into, int at) {
        int end = at;
        int from = 0;
        for (; from + 2 < length; from += 3) {
            int bits = (bytes[from] & 0xff) << 16 | (bytes[from + 1] & 0xff) << 8 | (bytes[from + 2] & 0xff);
            into[end] = DIGITS[bits >> 18];
            into[end + 1] = DIGITS[bits >> 12 & MASK];
            into[end + 2] = DIGITS[bits >> 6 & MASK];
            into[end + 3] = DIGITS[bits & MASK];
            end += 4;
        }
        if (length - from == 1) {
            int bits = bytes[from] & 0xff;
            into[end++] = DIGITS[bits >> 2];
            into[end++] = DIGITS[bits << 4 & MASK];
        } else if (length - from == 2) {
            int bits = (bytes[from] & 0xff) << 8 | (bytes[from + 1] & 0xff);
            into[end++] = DIGITS[bits >> 10];
            into[end++] = DIGITS[bits >> 4 & MASK];
            into[end++] = DIGITS[bits << 2 & MASK];
        }
        return end;
    }

    /**
     * Decodes, four characters to three bytes.
     *
     * @param into exactly as long as what comes out
     * @return false: it isn't base64url, or not the one way in which these bytes are written
     */
    static boolean decode(byte[] text, int from, int length, byte[] into) {
        int end = 0;
        int at = from;
        int to = from + length;
        int seen = 0;
        for (; at + 3 < to; at += 4) {
            int bits =
                    value(text[at]) << 18 | value(text[at + 1]) << 12 | value(text[at + 2]) << 6 | value(text[at + 3]);
            seen |= bits;
            into[end] = (byte) (bits >> 16);
            into[end + 1] = (byte) (bits >> 8);
            into[end + 2] = (byte) bits;
            end += 3;
        }
        if (to - at == 2) {
            int bits = value(text[at]) << 6 | value(text[at + 1]);
            // What the last character has beyond the bytes is zero in the one way in which they are written.
            seen |= (bits & 0xf) == 0 ? bits : -1;
            into[end++] = (byte) (bits >> 4);
        } else if (to - at == 3) {
            int bits = value(text[at]) << 12 | value(text[at + 1]) << 6 | value(text[at + 2]);
            seen |= (bits & 0x3) == 0 ? bits : -1;
            into[end++] = (byte) (bits >> 10);
            into[end++] = (byte) (bits >> 2);
        }
        return seen >= 0 && end == into.length;
    }

    /** Of a character; negative, also when it is shifted, if it has none. */
    private static int value(byte character) {
        return VALUES[character & 0xff];
    }
}
