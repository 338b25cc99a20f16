package io.daypass.lease;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after attempts that failed: twice as long each time up to a limit, for ever, and never at the same
 * moment as others that failed together. Each pause lies between half of its turn's limit and all of it.
 */
final class Backoff {
    private final long first;
    private final long last;
    private final RandomGenerator random;

    /**
     * @param first the shortest pause, which may follow the first failure
     * @param last the longest pause
     */
    Backoff(Duration first, Duration last, RandomGenerator random) {
        if (first.toMillis() < 1 || last.compareTo(first) < 0) {
            throw new IllegalArgumentException("pauses grow from the first to the last, which can't be shorter");
        }
        this.first = first.toMillis();
        this.last = last.toMillis();
        this.random = random;
    }

    /**
     * The pause after a failure.
     *
     * @param before how many attempts had failed before this one
     */
    Duration after(int before) {
        // 2^32 first pauses are longer than any limit; shifting further would wrap around.
        int doublings = Math.min(before, 31) + 1;
        return spread(first > last >> doublings ? last : first << doublings);
    }

    /** A pause about as long as something has lasted already, so that looking again gets rarer with time. */
    Duration afterWaiting(Duration already) {
        return spread(Math.min(last, Math.max(2 * first, already.toMillis())));
    }

    private Duration spread(long limit) {
        long least = Math.max(Math.min(first, limit), limit / 2);
        return Duration.ofMillis(least == limit ? limit : random.nextLong(least, limit + 1));
    }
}
