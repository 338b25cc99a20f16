package io.daypass.hmac.client;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Base64url without padding (RFC 4648, section 5), into and out of buffers. Allocates nothing. */
final class Text {
    private static final byte[] DIGITS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VALUES = values();
    private static final VarHandle BIG_ENDIAN_INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
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
        if (decodedLength(length) != into.length) {
            return false;
        }
        int seen = 0;
        int at = from;
        int end = 0;
        // Writes a byte too many each time, which what follows writes over; so the last characters are not done here.
        for (int to = from + length - 4; at < to; at += 4) {
            int bits = four(text, at);
            seen |= bits;
            BIG_ENDIAN_INT.set(into, end, bits << 8);
            end += 3;
        }
        return (seen | decodeLast(text, at, into, end)) >= 0;
    }

    /** Decodes the last two to four characters, if there are any; negative: they are not written so. */
    private static int decodeLast(byte[] text, int at, byte[] into, int end) {
        switch (into.length - end) {
            case 3 -> {
                int bits = four(text, at);
                into[end] = (byte) (bits >> 16);
                into[end + 1] = (byte) (bits >> 8);
                into[end + 2] = (byte) bits;
                return bits;
            }
            // What the last character has beyond the bytes is zero in the one way in which they are written.
            case 2 -> {
                int bits = three(text, at);
                into[end] = (byte) (bits >> 10);
                into[end + 1] = (byte) (bits >> 2);
                return (bits & 0x3) == 0 ? bits : -1;
            }
            case 1 -> {
                int bits = two(text, at);
                into[end] = (byte) (bits >> 4);
                return (bits & 0xf) == 0 ? bits : -1;
            }
            default -> {
                return 0;
            }
        }
    }

    /**
     * Whether a part of a text is the one way in which so many bytes are written. Takes as long whatever it finds, and what
     * is looked up is the text: that is known to whoever sent it, and the bytes may be a secret.
     *
     * @param text has at least as many characters from there on as those bytes become
     * @param bytes has at least one more than is compared
     */
    static boolean isOf(byte[] text, int from, byte[] bytes, int length) {
        int difference = 0;
        int at = from;
        int end = 0;
        for (int to = length - 2; end < to; end += 3) {
            difference |= four(text, at) ^ (int) BIG_ENDIAN_INT.get(bytes, end) >>> 8;
            at += 4;
        }
        if (length - end == 1) {
            difference |= two(text, at) ^ (bytes[end] & 0xff) << 4;
        } else if (length - end == 2) {
            difference |= three(text, at) ^ ((bytes[end] & 0xff) << 8 | (bytes[end + 1] & 0xff)) << 2;
        }
        return difference == 0;
    }

    /** The bits of four characters; negative if one of them has none. */
    private static int four(byte[] text, int at) {
        return two(text, at) << 12 | two(text, at + 2);
    }

    private static int three(byte[] text, int at) {
        return two(text, at) << 6 | value(text[at + 2]);
    }

    private static int two(byte[] text, int at) {
        return value(text[at]) << 6 | value(text[at + 1]);
    }

    /** Of a character; negative, also when it is shifted, if it has none. */
    private static int value(byte character) {
        return VALUES[character & 0xff];
    }
}
