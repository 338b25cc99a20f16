package io.daypass.broker.seal;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.SecretKey;

/**
 * 32 bytes of key that can be wiped.
 *
 * <p>The JDK's own {@code SecretKeySpec} can't be. Reading and wiping exclude each other: a key that is being wiped
 * while somebody encrypts would otherwise encrypt with zeros.
 */
final class RawKey implements SecretKey {
    /** How many bytes a key has. */
    static final int LENGTH = 32;

    private static final long serialVersionUID = 1L;

    private final transient byte[] bytes;
    private transient boolean destroyed;

    private RawKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A copy of these 32 bytes. */
    static RawKey of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a key has " + LENGTH + " bytes, not " + bytes.length);
        }
        return new RawKey(bytes.clone());
    }

    /** A new key. */
    static RawKey random(RandomGenerator entropy) {
        byte[] bytes = new byte[LENGTH];
        entropy.nextBytes(bytes);
        return new RawKey(bytes);
    }

    @Override
    public String getAlgorithm() {
        return "AES";
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    /**
     * @throws Barrier.SealedException if it was wiped
     */
    @Override
    public synchronized byte[] getEncoded() {
        if (destroyed) {
            throw new Barrier.SealedException();
        }
        return bytes.clone();
    }

    @Override
    public synchronized void destroy() {
        destroyed = true;
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public synchronized boolean isDestroyed() {
        return destroyed;
    }

    @Override
    public String toString() {
        return "a key";
    }
}
