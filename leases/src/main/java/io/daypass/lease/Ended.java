package io.daypass.lease;

import java.util.Objects;

/**
 * How one attempt to end a lease went.
 *
 * @param outcome what happened
 * @param error what went wrong, without secrets; empty if nothing did
 */
public record Ended(Outcome outcome, String error) {
    /** Nothing of it is left. */
    public static final Ended GONE = new Ended(Outcome.GONE, "");
    /** Nothing of it is left, and the target vouches that its mint can't land any more. */
    public static final Ended VOUCHED = new Ended(Outcome.VOUCHED, "");
    /** Nothing of it is left, and its target will never vouch for that: it has nothing to hold a mint against. */
    public static final Ended UNFENCED = new Ended(Outcome.UNFENCED, "");
    /** The lane was full: it counts as no attempt. */
    public static final Ended BUSY = new Ended(Outcome.BUSY, "");

    public Ended {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(error, "error");
    }

    /** The target can't be reached: its breaker opens. */
    public static Ended unavailable(String error) {
        return new Ended(Outcome.UNAVAILABLE, error);
    }

    /** The target refused this one; others are not affected. */
    public static Ended failed(String error) {
        return new Ended(Outcome.FAILED, error);
    }

    /** What happened. */
    public enum Outcome {
        /** Nothing is left. */
        GONE,
        /** Nothing is left and nothing can come. */
        VOUCHED,
        /** Nothing is left, as far as will ever be known. */
        UNFENCED,
        /** No attempt was made. */
        BUSY,
        /** The target is away. */
        UNAVAILABLE,
        /** This lease alone could not be ended. */
        FAILED
    }
}
