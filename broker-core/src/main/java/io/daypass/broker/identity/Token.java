package io.daypass.broker.identity;

import io.daypass.broker.api.Caller;
import io.daypass.lease.Lease;

/**
 * A token as it stands in the table.
 *
 * @param lease its row
 * @param info what the row holds
 */
public record Token(Lease lease, TokenInfo info) {
    /** The number of its row. */
    public long n() {
        return lease.n();
    }

    /** It, as the sender of a request. */
    public Caller caller() {
        return new Caller(lease.n(), info.displayName(), info.policies(), lease.expiresAt());
    }
}
