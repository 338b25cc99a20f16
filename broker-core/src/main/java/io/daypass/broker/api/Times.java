package io.daypass.broker.api;

import io.daypass.lease.Lease;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** How times are shown: RFC 3339 with nanoseconds in UTC, and whole seconds that are left. */
public final class Times {
    private static final DateTimeFormatter RFC_3339 =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'").withZone(ZoneOffset.UTC);

    private Times() {}

    /** A time as RFC 3339 says. */
    public static String text(Instant at) {
        return RFC_3339.format(at);
    }

    /** The whole seconds until then, rounded down; 0 for what has passed, or never comes. */
    public static long secondsLeft(Instant until, Instant now) {
        return until.equals(Lease.NEVER)
                ? 0
                : Math.max(0, Duration.between(now, until).toSeconds());
    }
}
