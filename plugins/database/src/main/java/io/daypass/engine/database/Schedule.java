package io.daypass.engine.database;

import io.daypass.plugin.Invalid;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When a password is rotated: so long after the last time, or at the times of a cron expression.
 *
 * @param period empty: by the expression
 * @param expression empty: by the period
 * @param zone whose clocks the expression means
 * @param window how long after such a time it may still be done; zero: at any time
 */
record Schedule(Optional<Duration> period, String expression, String zone, Duration window) {
    private static final Duration LEAST_PERIOD = Duration.ofSeconds(5);
    private static final Duration MOST_PERIOD = Duration.ofDays(3653);
    private static final Duration LEAST_WINDOW = Duration.ofMinutes(10);
    private static final int MOST_KNOWN = 10_000;

    /** What was worked out already: it is asked for every second. */
    private static final Map<Asked, Optional<Instant>> KNOWN = new ConcurrentHashMap<>();

    private record Asked(String expression, String zone, Instant after) {}

    /**
     * Refuses what can't be kept.
     *
     * @param now for whether it is ever due
     * @throws Invalid naming the field
     */
    void check(Instant now) {
        if (period.isPresent() && !expression.isEmpty()) {
            throw new Invalid(
                    "rotation_schedule",
                    "and rotation_period exclude each other; set the one that doesn't hold to null");
        }
        if (period.isEmpty() && expression.isEmpty()) {
            throw new Invalid("rotation_period", "or rotation_schedule is required");
        }
        period.ifPresent(Schedule::checkPeriod);
        if (!window.isZero() && expression.isEmpty()) {
            throw new Invalid("rotation_window", "has a meaning with rotation_schedule alone");
        }
        if (!window.isZero() && window.compareTo(LEAST_WINDOW) < 0) {
            throw new Invalid("rotation_window", "must be at least 10m, or 0 for none");
        }
        ZoneId known = zoneId();
        if (!expression.isEmpty() && times(known).after(now).isEmpty()) {
            throw new Invalid("rotation_schedule", "is never due: there is no such day");
        }
    }

    private static void checkPeriod(Duration period) {
        if (period.compareTo(LEAST_PERIOD) < 0 || period.compareTo(MOST_PERIOD) > 0) {
            throw new Invalid("rotation_period", "must be from 5s to 3653 days");
        }
    }

    /** When it is due for the first time after that; empty: never again. */
    Optional<Instant> after(Instant last) {
        if (period.isPresent()) {
            return Optional.of(last.plus(period.get()));
        }
        if (KNOWN.size() >= MOST_KNOWN) {
            KNOWN.clear();
        }
        return KNOWN.computeIfAbsent(
                new Asked(expression, zone, last), asked -> times(zoneId()).after(asked.after()));
    }

    /**
     * When it is due again, if its window has passed.
     *
     * @param due when it was due
     */
    Optional<Instant> missed(Instant due, Instant now) {
        boolean isOver = !window.isZero() && now.isAfter(due.plus(window));
        return isOver ? times(zoneId()).after(now) : Optional.empty();
    }

    private CronTimes times(ZoneId known) {
        try {
            return CronTimes.of(expression, known);
        } catch (IllegalArgumentException e) {
            throw new Invalid(
                    "rotation_schedule",
                    "must be a cron expression of five fields: minute, hour, day of the month, month, day of the week");
        }
    }

    private ZoneId zoneId() {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new Invalid("rotation_time_zone", "is unknown; it is one such as UTC or Europe/Berlin");
        }
    }
}
