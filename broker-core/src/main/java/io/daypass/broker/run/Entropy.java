package io.daypass.broker.run;

import java.security.DrbgParameters;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/**
 * Random bits fit for secrets, one generator a thread (NIST SP 800-90A, at 256 bits): no thread waits for another, and
 * only its first draw reads the system's source, which on Linux is a file.
 */
public final class Entropy implements RandomGenerator {
    private static final int BITS = 256;

    private final ThreadLocal<SecureRandom> generators = ThreadLocal.withInitial(Entropy::generator);

    @Override
    public long nextLong() {
        return generators.get().nextLong();
    }

    @Override
    public void nextBytes(byte[] bytes) {
        generators.get().nextBytes(bytes);
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
}
