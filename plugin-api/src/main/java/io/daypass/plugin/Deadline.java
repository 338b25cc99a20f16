package io.daypass.plugin;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

/** When a call must be over. To be given to the target as its own limits: statement and socket. */
public final class Deadline {
    private static final Duration LEAST = Duration.ofMillis(1);

    private final Instant at;
    private final InstantSource clock;

    /**
     * @param at the instant by which the call must have returned
     * @param clock what {@link #left} is measured by
     */
    public Deadline(Instant at, InstantSource clock) {
        this.at = Objects.requireNonNull(at, "at");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** The instant by which the call must have returned. */
    public Instant at() {
        return at;
    }

    /**
     * What is left of it.
     *
     * @return 1 ms or more (many drivers read 0 as "no limit")
     * @throws Unavailable if less is left
     */
    public Duration left() {
        Duration left = Duration.between(clock.instant(), at);
        if (left.compareTo(LEAST) < 0) {
            throw new Unavailable("the deadline has passed");
        }
        return left;
    }
}
