package io.daypass.engine.postgresql;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * HMAC-SHA-256 (RFC 2104) under one key, for many codes: both blocks of the key are hashed once, and each code begins with
 * copies of what came of them. That is half of the hashing of the JDK's own Mac, which hashes them anew for each code. Used
 * by one thread.
 */
final class HmacSha256 {
    private static final int BLOCK = 64;
    private static final int LENGTH = 32;

    private final MessageDigest inner;
    private final MessageDigest outer;

    HmacSha256(byte[] key) {
        byte[] block = Arrays.copyOf(key.length > BLOCK ? sha256().digest(key) : key, BLOCK);
        this.inner = begun(block, 0x36);
        this.outer = begun(block, 0x5c);
    }

    /** The code of this text. */
    byte[] of(byte[] text) {
        byte[] code = new byte[LENGTH];
        write(text, code);
        return code;
    }

    /**
     * {@code Hi} of RFC 5802: PBKDF2 (RFC 8018) with one block of output, where the key is the password.
     *
     * @param iterations at least 1
     */
    byte[] iterated(byte[] salt, int iterations) {
        byte[] first = Arrays.copyOf(salt, salt.length + Integer.BYTES);
        first[first.length - 1] = 1;
        byte[] last = of(first);
        byte[] result = last.clone();
        for (int i = 1; i < iterations; i++) {
            write(last, last);
            for (int j = 0; j < LENGTH; j++) {
                result[j] ^= last[j];
            }
        }
        return result;
    }

    private void write(byte[] text, byte[] into) {
        try {
            finish(inner, text, into);
            finish(outer, into, into);
        } catch (CloneNotSupportedException | DigestException e) {
            throw new IllegalStateException("the JDK's SHA-256 can be copied, and gives " + LENGTH + " bytes", e);
        }
    }

    private static void finish(MessageDigest begun, byte[] text, byte[] into)
            throws CloneNotSupportedException, DigestException {
        MessageDigest copy = (MessageDigest) begun.clone();
        copy.update(text);
        copy.digest(into, 0, LENGTH);
    }

    private static MessageDigest begun(byte[] block, int pattern) {
        byte[] pad = block.clone();
        for (int i = 0; i < BLOCK; i++) {
            pad[i] ^= (byte) pattern;
        }
        MessageDigest digest = sha256();
        digest.update(pad);
        return digest;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
