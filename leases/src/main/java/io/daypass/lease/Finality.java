package io.daypass.lease;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a revocation that left nothing is the last one. A mint may still be on its way to the target, and arrive after
 * it. So a row goes only if the mint was known to be over when the revocation began, or the target vouches that it can't
 * land any more; where targets can't, the row is kept for a quarantine and ended once more after it.
 */
final class Finality {
    private final Terms terms;
    private final Backoff backoff;

    Finality(Terms terms, Backoff backoff) {
        this.terms = terms;
        this.backoff = backoff;
    }

    /**
     * Until when a row is kept after a revocation that left nothing; empty if it can go.
     *
     * @param lease as it was when the revocation began
     * @param vouched whether the target gave its word
     * @param settles whether targets of its kind ever do
     * @param began when the revocation began
     * @param now when it was over
     */
    Optional<Instant> keptUntil(Lease lease, boolean vouched, boolean settles, Instant began, Instant now) {
        if (lease.mintOver() || vouched) {
            return Optional.empty();
        }
        Duration wait = settles ? terms.margin() : terms.quarantine();
        Instant sure = lease.mintDeadline().plus(wait);
        if (began.isBefore(sure)) {
            return Optional.of(sure);
        }
        // A target that should know by now but doesn't (its clock is behind) is asked again, ever more rarely.
        return settles ? Optional.of(now.plus(backoff.afterWaiting(Duration.between(sure, now)))) : Optional.empty();
    }
}
