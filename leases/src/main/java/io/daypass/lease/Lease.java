package io.daypass.lease;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One row of the lease table, as it was when it was read. Instants are whole milliseconds.
 *
 * @param n its number, in order of issue
 * @param source where it comes from
 * @param parent the number of the token that it ends with; 0 if none
 * @param state where it is in its life
 * @param mintOver whether the mint is known to be over: it returned, or the target answered that nothing is left
 * @param mintDeadline after which the target itself refuses the mint
 * @param issuedAt when it was begun
 * @param expiresAt when it ends unless renewed; {@link #NEVER} if it doesn't
 * @param maxExpiresAt when it ends however often it is renewed
 * @param dueAt when something is to be done about it
 * @param attempts revocations that have failed
 * @param lastError what the last of them said
 * @param holder the display name of whoever asked for it
 * @param reason what they gave as reason
 * @param renewable whether it can be renewed
 * @param usesLeft how often it can still be used; 0: as often as one likes; -1: no more
 * @param tag what its secret is recognised by (a MAC of a token); empty if nothing
 * @param keyVersion the version of the barrier key that {@code sealed} is under
 * @param sealed the handle, which only the broker can read
 * @param cause why it ends; null while it doesn't
 * @param after what is still known of it when it is over
 */
public record Lease(
        long n,
        Source source,
        long parent,
        LeaseState state,
        boolean mintOver,
        Instant mintDeadline,
        Instant issuedAt,
        Instant expiresAt,
        Instant maxExpiresAt,
        Instant dueAt,
        int attempts,
        @Nullable String lastError,
        String holder,
        @Nullable String reason,
        boolean renewable,
        int usesLeft,
        Bytes tag,
        int keyVersion,
        Bytes sealed,
        @Nullable Cause cause,
        Afterlife after) {
    /** The instant that stands for "never": the last millisecond of the year 9999. */
    public static final Instant NEVER = Instant.parse("9999-12-31T23:59:59.999Z");

    public Lease {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(tag, "tag");
        Objects.requireNonNull(sealed, "sealed");
        Objects.requireNonNull(after, "after");
    }

    /** Whether its end has come, by a clock that says so. */
    public boolean isExpired(Instant now) {
        return !expiresAt.isAfter(now);
    }
}
