package io.daypass.plugin;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How long a lease lives, made by {@link Request#lifetime} alone.
 *
 * @param expiresAt when it ends unless it is renewed
 * @param maxExpiresAt when it ends however often it is renewed
 * @param renewable whether it can be renewed
 * @param boundBy what kept {@code expiresAt} below what was asked for, in words for the caller; null if nothing did
 */
public record Lifetime(
        Instant expiresAt,
        Instant maxExpiresAt,
        boolean renewable,
        @Nullable String boundBy) {
    public Lifetime {
        Objects.requireNonNull(expiresAt, "expiresAt");
        Objects.requireNonNull(maxExpiresAt, "maxExpiresAt");
        if (maxExpiresAt.isBefore(expiresAt)) {
            throw new IllegalArgumentException("a lease can't expire after its own maximum");
        }
    }

    /** The same, but not renewable. */
    public Lifetime fixed() {
        return new Lifetime(expiresAt, expiresAt, false, boundBy);
    }

    /**
     * The same, ended no later than the target allows.
     *
     * @param limit the target's own end
     * @param why for the caller, such as {@code "the directory's maximum of 8h"}
     */
    public Lifetime capped(Instant limit, String why) {
        if (!limit.isBefore(maxExpiresAt)) {
            return this;
        }
        boolean shortens = limit.isBefore(expiresAt);
        return new Lifetime(shortens ? limit : expiresAt, limit, renewable, shortens ? why : boundBy);
    }
}
