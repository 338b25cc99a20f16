package io.daypass.hmac.client;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * HMAC (RFC 2104) over a hash of SHA-2, without allocation. The JDK's own Mac makes two arrays for each code; here all is
 * done in buffers of the thread. Used by one thread.
 */
final class Hash {
    private final MessageDigest digest;
    private final int length;
    private final int block;
    private final byte[] first;
    private final byte[] second;
    private @Nullable Key padded;

    private Hash(MessageDigest digest, Algorithm algorithm) {
        this.digest = digest;
        this.length = algorithm.length();
        this.block = algorithm.block();
        this.first = new byte[block + Tokens.LONGEST];
        this.second = new byte[block + length];
    }

    static Hash of(Algorithm algorithm) {
        try {
            return new Hash(MessageDigest.getInstance(algorithm.hash()), algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm.hash(), e);
        }
    }

    /**
     * Writes the code of the beginning of an array to the beginning of another. Pad and input are put together first: two
     * calls of the digest with whole blocks are quicker than four. The pads stay where they are for the next call: it is
     * nearly always of the same key.
     */
    void code(Key key, byte[] input, int inputLength, byte[] into) {
        try {
            if (key != padded) {
                System.arraycopy(key.innerPad(), 0, first, 0, block);
                System.arraycopy(key.outerPad(), 0, second, 0, block);
                padded = key;
            }
            System.arraycopy(input, 0, first, block, inputLength);
            digest.update(first, 0, block + inputLength);
            digest.digest(second, block, length);
            digest.update(second, 0, block + length);
            digest.digest(into, 0, length);
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
