package io.daypass.engine.database;

import io.daypass.plugin.Invalid;
import io.daypass.plugin.Mount;
import io.daypass.plugin.Secret;

/** Draws users' passwords. */
final class Passwords {
    /** What suits every client. Fewer hash a password less often than people's passwords need. */
    static final int USUAL_ITERATIONS = 4096;

    private static final int MOST_ITERATIONS = 1_000_000;
    private static final int LENGTH = 32;
    /** So many random bits need no stretching. */
    private static final double STRONG_BITS = 128;

    private final Mount mount;

    Passwords(Mount mount) {
        this.mount = mount;
    }

    /** @param policy empty: 32 letters and digits */
    Secret draw(String policy) {
        return policy.isEmpty() ? mount.password(LENGTH, Secret.LETTERS_AND_DIGITS) : mount.password(policy);
    }

    /**
     * Refuses to hash a guessable password less often than is usual.
     *
     * @param policy empty: 32 letters and digits, which are strong
     * @throws Invalid also if there is no such policy
     */
    void check(String policy, int iterations) {
        if (iterations < 1 || iterations > MOST_ITERATIONS) {
            throw new Invalid("scram_iterations", "must be from 1 to " + MOST_ITERATIONS);
        }
        if (policy.isEmpty()) {
            return;
        }
        double bits = mount.passwordBits(policy);
        if (iterations < USUAL_ITERATIONS && bits < STRONG_BITS) {
            throw new Invalid(
                    "scram_iterations",
                    "must be at least " + USUAL_ITERATIONS
                            + " where passwords have fewer than 128 random bits; those of" + " the password policy "
                            + policy + " have " + (int) bits);
        }
    }
}
