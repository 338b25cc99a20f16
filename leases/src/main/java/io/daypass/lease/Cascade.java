package io.daypass.lease;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Ends the children of leases that are ending. Their set is closed, since nothing begins under a parent that isn't
 * ACTIVE. Each child then ends as any due row does, its own children first; the last to go makes its parent due. So the
 * depth is that of the chain itself, and nothing is held in memory.
 */
final class Cascade {
    private final LeaseTable table;
    private final StoreClock clock;
    private final Duration again;

    /**
     * @param again after which a parent is looked at once more even if no child has gone
     */
    Cascade(LeaseTable table, StoreClock clock, Duration again) {
        this.table = table;
        this.clock = clock;
        this.again = again;
    }

    /** Revokes the children of these, one parent after the other, and puts the parents off. */
    CompletionStage<Void> end(List<Long> parents) {
        CompletionStage<Long> revoked = CompletableFuture.completedFuture(0L);
        for (long parent : parents) {
            revoked = revoked.thenCompose(count -> table.revoke(LeaseFilter.childrenOf(parent), Cause.PARENT));
        }
        return revoked.thenCompose(
                count -> table.release(parents, clock.instant().plus(again)));
    }
}
