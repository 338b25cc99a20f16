package io.daypass.broker.mount;

import io.daypass.lease.LaneKey;
import io.daypass.lease.LeaseTable;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Keeps leases out of the targets of a mount for as long as something changes there. Several may do so at once: whoever
 * is the last to leave lets leases in again.
 */
final class Closures {
    private final LeaseTable leases;
    private final Map<LaneKey, Integer> inside = new HashMap<>();

    Closures(LeaseTable leases) {
        this.leases = leases;
    }

    /** Lets no lease begin or become active in a target until {@link #open}, which has to follow in any case. */
    synchronized CompletionStage<Void> close(LaneKey target) {
        inside.merge(target, 1, Integer::sum);
        return leases.close(target);
    }

    /** Lets leases in again, if nobody else keeps them out. */
    synchronized CompletionStage<Void> open(LaneKey target) {
        boolean others = inside.computeIfPresent(target, (lane, count) -> count == 1 ? null : count - 1) != null;
        return others ? CompletableFuture.completedFuture(null) : leases.open(target);
    }
}
