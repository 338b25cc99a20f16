package io.daypass.lease;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who had a lease, and why: what is known of it while it is there, and for a while after it has gone. Instants are whole
 * milliseconds.
 *
 * @param n its number
 * @param source where it comes from
 * @param parent the number of the token that asked for it; 0 if it hangs from none
 * @param state where it is in its life; null: it has gone
 * @param holder the display name of whoever asked for it
 * @param reason what they gave as reason
 * @param issuedAt when it was begun
 * @param expiresAt when it ends unless renewed, or would have ended
 * @param endedAt when it had gone; null: it is still there
 * @param cause why it ends or ended; null while it doesn't
 * @param serial the credential's number among those of its mount; 0: it has none
 * @param issuer stands for whoever gave the serial; 0: nobody did
 */
public record Trace(
        long n,
        Source source,
        long parent,
        @Nullable LeaseState state,
        String holder,
        @Nullable String reason,
        Instant issuedAt,
        Instant expiresAt,
        @Nullable Instant endedAt,
        @Nullable Cause cause,
        long serial,
        long issuer) {
    public Trace {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(holder, "holder");
    }
}
