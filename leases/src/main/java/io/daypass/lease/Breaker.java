package io.daypass.lease;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keeps work from a target that is away. While it is open one lease at a time is tried, at growing intervals; once the
 * target answers again the load doubles from one with every answer, until nothing holds it back.
 */
final class Breaker {
    /** From so many on nothing is held back: as many as a claim takes at most. */
    private static final int FULL = 64;

    private final Backoff backoff;
    private int allowed = FULL;
    private int failures;
    private Instant openSince = Instant.MIN;
    private Instant probeAt = Instant.MIN;
    private boolean probing;
    private String error = "";

    Breaker(Backoff backoff) {
        this.backoff = backoff;
    }

    /** How many leases may be taken now; 0 if none. The one that may be taken from an open breaker is its probe. */
    synchronized int allowed(Instant now) {
        if (failures == 0) {
            return allowed;
        }
        return probing || now.isBefore(probeAt) ? 0 : 1;
    }

    /** Says that leases were taken. */
    synchronized void taken() {
        probing = failures > 0;
    }

    /** Says that nothing came of what was taken: it was not tried. */
    synchronized void untried() {
        probing = false;
    }

    /** The target answered, whatever it said. */
    synchronized void answered() {
        allowed = failures > 0 ? 1 : Math.min(FULL, allowed * 2);
        failures = 0;
        probing = false;
    }

    /** The target could not be reached. */
    synchronized void unavailable(Instant now, String what) {
        if (failures == 0) {
            openSince = now;
        } else if (!probing) {
            // One of several calls that were under way together counts once.
            return;
        }
        Duration pause = backoff.after(failures);
        probeAt = now.plus(pause);
        failures = failures + 1;
        probing = false;
        error = what;
    }

    /** What is seen of it; null while it is closed. */
    synchronized @Nullable OpenBreaker open() {
        return failures == 0 ? null : new OpenBreaker(openSince, failures, error, probeAt);
    }
}
