package io.daypass.lease;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A lease as it is begun: everything is fixed here, nothing is worked out later. The components are those of
 * {@link Lease}.
 *
 * @param alias whether the row can be found by its tag as well as by its number
 * @param after what is still known of it when it is over
 */
public record NewLease(
        long n,
        Source source,
        long parent,
        Instant mintDeadline,
        Instant issuedAt,
        Instant expiresAt,
        Instant maxExpiresAt,
        String holder,
        @Nullable String reason,
        boolean renewable,
        int usesLeft,
        Bytes tag,
        boolean alias,
        int keyVersion,
        Bytes sealed,
        Afterlife after) {
    public NewLease {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(after, "after");
        Objects.requireNonNull(tag, "tag");
        Objects.requireNonNull(sealed, "sealed");
        if (maxExpiresAt.isBefore(expiresAt)) {
            throw new IllegalArgumentException("a lease can't expire after its own maximum");
        }
        if (usesLeft < 0) {
            throw new IllegalArgumentException("a lease can't begin with its uses spent");
        }
    }
}
