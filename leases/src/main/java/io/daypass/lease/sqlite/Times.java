package io.daypass.lease.sqlite;

import io.daypass.lease.Lease;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Instants as the table keeps them: milliseconds since 1970. What is never due has no time there. */
final class Times {
    private static final long NEVER = Lease.NEVER.toEpochMilli();

    private Times() {}

    /** When a lease of that end is due. */
    static @Nullable Long due(long expiresAt, Duration slack) {
        return dueAt(expiresAt >= NEVER ? NEVER : expiresAt + slack.toMillis());
    }

    static @Nullable Long dueAt(Instant instant) {
        return dueAt(instant.toEpochMilli());
    }

    private static @Nullable Long dueAt(long millis) {
        return millis >= NEVER ? null : millis;
    }
}
