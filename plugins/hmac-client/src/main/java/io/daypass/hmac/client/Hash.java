package io.daypass.hmac.client;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * HMAC (RFC 2104) over a hash of SHA-2, without allocation. The JDK's own Mac makes two arrays for each code; here all is
 * done in buffers of the thread. Used by one thread.
 */
final class Hash {
    private final MessageDigest digest;
    private final byte[] inner;

    private Hash(MessageDigest digest, int length) {
        this.digest = digest;
        this.inner = new byte[length];
    }

    static Hash of(Algorithm algorithm) {
        try {
            return new Hash(MessageDigest.getInstance(algorithm.hash()), algorithm.length());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm.hash(), e);
        }
    }

    /** Writes the code of a part of an array to the beginning of another. */
    void code(Key key, byte[] input, int from, int length, byte[] into) {
        try {
            digest.update(key.innerPad());
            digest.update(input, from, length);
            digest.digest(inner, 0, inner.length);
            digest.update(key.outerPad());
            digest.update(inner);
            digest.digest(into, 0, inner.length);
        } catch (DigestException e) {
            throw new IllegalStateException("the buffers are as long as the hash", e);
        }
    }

    /** The key as it goes before the input: padded to a block, each byte turned by a pattern. */
    static byte[] pad(Algorithm algorithm, byte[] key, int pattern) {
        byte[] padded = Arrays.copyOf(key.length > algorithm.block() ? hashed(algorithm, key) : key, algorithm.block());
        for (int i = 0; i < padded.length; i++) {
            padded[i] ^= (byte) pattern;
        }
        return padded;
    }

    private static byte[] hashed(Algorithm algorithm, byte[] key) {
        return of(algorithm).digest.digest(key);
    }
}
