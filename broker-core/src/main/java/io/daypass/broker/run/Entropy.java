package io.daypass.broker.run;

import java.nio.ByteBuffer;
import java.security.DrbgParameters;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Random bits fit for secrets, one generator a thread (NIST SP 800-90A, at 256 bits): no thread waits for another, and
 * only its first draw reads the system's source, which on Linux is a file. They are drawn in blocks, since a draw of eight
 * bytes costs the generator as much as one of five hundred; what is handed out is not kept.
 */
public final class Entropy implements RandomGenerator {
    private static final int BITS = 256;

    private final ThreadLocal<Block> blocks = ThreadLocal.withInitial(() -> new Block(generator()));

    @Override
    public long nextLong() {
        return blocks.get().nextLong();
    }

    @Override
    public void nextBytes(byte[] bytes) {
        blocks.get().nextBytes(bytes);
    }

    /** A generator of its own, seeded by the system. */
    public static SecureRandom generator() {
        try {
            return SecureRandom.getInstance(
                    "DRBG", DrbgParameters.instantiation(BITS, DrbgParameters.Capability.NONE, null));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this JDK lacks the DRBG of SP 800-90A; run another", missing);
        }
    }

    /** What a thread has drawn and not handed out yet. */
    private static final class Block {
        private static final int SIZE = 1_024;

        private final SecureRandom generator;
        private final ByteBuffer drawn = ByteBuffer.allocate(SIZE).limit(0);

        Block(SecureRandom generator) {
            this.generator = generator;
        }

        long nextLong() {
            need(Long.BYTES);
            int at = drawn.position();
            long bits = drawn.getLong();
            drawn.putLong(at, 0);
            return bits;
        }

        void nextBytes(byte[] bytes) {
            if (bytes.length > SIZE) {
                generator.nextBytes(bytes);
                return;
            }
            need(bytes.length);
            int at = drawn.position();
            drawn.get(bytes);
            Arrays.fill(drawn.array(), at, at + bytes.length, (byte) 0);
        }

        private void need(int bytes) {
            if (drawn.remaining() < bytes) {
                generator.nextBytes(drawn.array());
                drawn.clear();
            }
        }
    }
}
