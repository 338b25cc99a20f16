package io.daypass.lease;

import java.util.Objects;

/**
 * What work on leases shares: a bulkhead, a breaker, lists. Also what can be closed for new leases.
 *
 * @param mount the id of the mount
 * @param target the name of the target; empty for the mount itself
 */
public record LaneKey(String mount, String target) {
    public LaneKey {
        Objects.requireNonNull(mount, "mount");
        Objects.requireNonNull(target, "target");
    }
}
