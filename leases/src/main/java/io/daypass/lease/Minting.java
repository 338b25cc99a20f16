package io.daypass.lease;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What is written down about one mint, which is called once and may come back at any time, or never. Whoever asked for
 * the lease is answered after the first thing that is said here; what comes later only tells the table that the mint is
 * over.
 */
public final class Minting {
    private final LeaseTable table;
    private final long n;
    private final Duration slack;
    private final AtomicBoolean decided = new AtomicBoolean();

    /**
     * @param n the number of a lease that has begun
     * @param slack added to its end for when it is due
     */
    public Minting(LeaseTable table, long n, Duration slack) {
        this.table = table;
        this.n = n;
        this.slack = slack;
    }

    /** What became of the lease. */
    public enum Outcome {
        /** It is active: the reply may be written. */
        ACTIVE,
        /** What it hangs from ended meanwhile; it is being revoked. */
        ENDED,
        /** Its mint failed; it is being revoked. */
        FAILED,
        /** The caller has had an answer before: there is nobody to tell. */
        LATE
    }

    /** The mint came back normally. A stage that fails: it is unknown whether the lease is active, and it is revoked. */
    public CompletionStage<Outcome> returned() {
        if (!decided.compareAndSet(false, true)) {
            return late();
        }
        return table.activate(n, slack).handle(this::activated).thenCompose(stage -> stage);
    }

    /**
     * The target itself answered that it refuses, and that nothing is left.
     *
     * @param error what it said, without secrets
     */
    public CompletionStage<Outcome> refused(String error) {
        if (!decided.compareAndSet(false, true)) {
            return late();
        }
        return table.mintFailed(n, true, error).thenApply(was -> Outcome.FAILED);
    }

    /**
     * Any other end: the target is away, its answer was lost, the time was over, the call was never made. The mint may
     * still arrive, however promptly this was known.
     *
     * @param error what is known, without secrets
     */
    public CompletionStage<Outcome> unknown(String error) {
        if (!decided.compareAndSet(false, true)) {
            return CompletableFuture.completedFuture(Outcome.LATE);
        }
        return table.mintFailed(n, false, error).thenApply(was -> Outcome.FAILED);
    }

    /** The reply can't be delivered, which is known before its first byte was written. */
    public CompletionStage<Boolean> undelivered() {
        return table.revoke(n, Cause.UNDELIVERED);
    }

    private CompletionStage<Outcome> late() {
        return table.mintReturned(n).thenApply(was -> Outcome.LATE);
    }

    private CompletionStage<Outcome> activated(Boolean active, Throwable failure) {
        if (failure == null) {
            return CompletableFuture.completedFuture(active ? Outcome.ACTIVE : Outcome.ENDED);
        }
        return table.mintReturned(n)
                .thenCompose(was -> table.revoke(n, Cause.UNDELIVERED))
                .handle((was, again) -> CompletableFuture.<Outcome>failedStage(failure))
                .thenCompose(stage -> stage);
    }
}
