package io.daypass.broker.api;

import io.daypass.lease.Lease;
import java.time.Instant;
import java.util.List;

/**
 * Whoever sends a request, as its token says.
 *
 * @param n the number of the token's lease; 0: nobody
 * @param displayName the holder's name
 * @param policies the names of its policies
 * @param expiresAt when the token ends; {@link Lease#NEVER} if it doesn't
 */
public record Caller(long n, String displayName, List<String> policies, Instant expiresAt) {
    /** Who sends a request that needs no token. */
    public static final Caller NOBODY = new Caller(0, "", List.of(), Lease.NEVER);

    public Caller {
        policies = List.copyOf(policies);
    }
}
