package io.daypass.lease;

import java.util.List;

/**
 * What a claim took.
 *
 * @param leases taken, to be ended now
 * @param parents the numbers of those that rows name as their parent: their children go first
 * @param removed expired rows without effect that are gone already
 * @param more whether more rows of the lane are due
 */
public record Claimed(List<Lease> leases, List<Long> parents, int removed, boolean more) {
    public Claimed {
        leases = List.copyOf(leases);
        parents = List.copyOf(parents);
    }
}
