package io.daypass.engine.ssh;

import io.daypass.engine.ssh.key.KeyGenerator;
import io.daypass.engine.ssh.key.SshKeyPair;
import java.io.Serial;
import java.security.SecureRandom;
import java.util.Random;

/** Randomness that is the same in each run. */
public final class Seeded extends SecureRandom {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Random random;

    /** @param seed of all that is drawn */
    public Seeded(long seed) {
        this.random = new Random(seed);
    }

    @Override
    public void nextBytes(byte[] bytes) {
        random.nextBytes(bytes);
    }

    /** A key pair made from a seed. */
    public static SshKeyPair pair(String type, int bits, long seed) {
        return new KeyGenerator(new Seeded(seed)).generate(type, bits);
    }
}
