package io.daypass.engine.ssh;

import java.io.Serial;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.function.IntFunction;

/** Randomness that somebody else draws, for those who ask for a {@link SecureRandom}. */
public final class DrawnRandom extends SecureRandom {
    @Serial
    private static final long serialVersionUID = 1L;

    private DrawnRandom(SecureRandomSpi source) {
        super(source, null);
    }

    /** @param draw so many random bytes */
    public static SecureRandom of(IntFunction<byte[]> draw) {
        return new DrawnRandom(new Source(draw));
    }

    private static final class Source extends SecureRandomSpi {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient IntFunction<byte[]> draw;

        Source(IntFunction<byte[]> draw) {
            this.draw = draw;
        }

        @Override
        protected void engineSetSeed(byte[] seed) {
            // Its source seeds itself.
        }

        @Override
        protected void engineNextBytes(byte[] bytes) {
            byte[] drawn = draw.apply(bytes.length);
            System.arraycopy(drawn, 0, bytes, 0, bytes.length);
        }

        @Override
        protected byte[] engineGenerateSeed(int bytes) {
            return draw.apply(bytes);
        }
    }
}
