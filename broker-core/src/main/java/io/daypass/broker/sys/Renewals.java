package io.daypass.broker.sys;

import io.daypass.lease.Lease;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Renews a lease, of whatever kind it is. */
@FunctionalInterface
public interface Renewals {
    /**
     * @param lease as it was read
     * @param increment how long it should live from now; empty: as its kind says
     * @return what was reached
     */
    Future<Reached> renew(Lease lease, Optional<Duration> increment);

    /**
     * What a renewal reached.
     *
     * @param expiresAt when it ends now
     * @param renewable whether it can be renewed again
     * @param warnings which bound was met, if one was
     */
    record Reached(Instant expiresAt, boolean renewable, List<String> warnings) {
        public Reached {
            warnings = List.copyOf(warnings);
        }
    }
}
