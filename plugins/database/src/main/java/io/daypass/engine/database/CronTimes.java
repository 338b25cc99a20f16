package io.daypass.engine.database;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Optional;

/**
 * The times that a cron expression of five fields means on the clocks of a time zone. It is read on a clock that is never
 * set, and what that says is looked up in the zone: a time that the zone leaps over means the moment of the leap, and one
 * that it has twice means the first of the two.
 */
final class CronTimes {
    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private final ExecutionTime times;
    private final ZoneId zone;

    private CronTimes(ExecutionTime times, ZoneId zone) {
        this.times = times;
        this.zone = zone;
    }

    /**
     * Reads an expression.
     *
     * @param expression minute, hour, day of the month, month, day of the week; of the two kinds of day either will do, if
     *     neither is {@code *}
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static CronTimes of(String expression, ZoneId zone) {
        Cron cron = PARSER.parse(expression);
        return new CronTimes(ExecutionTime.forCron(cron), zone);
    }

    /** The first of them after that; empty: there is none any more. */
    Optional<Instant> after(Instant after) {
        Optional<ZonedDateTime> next =
                times.nextExecution(LocalDateTime.ofInstant(after, zone).atZone(ZoneOffset.UTC));
        // In the second of two equal hours all of the first one's times are past.
        while (next.isPresent() && !instant(next.get().toLocalDateTime()).isAfter(after)) {
            next = times.nextExecution(next.get());
        }
        return next.map(each -> instant(each.toLocalDateTime()));
    }

    private Instant instant(LocalDateTime local) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (!offsets.isEmpty()) {
            return local.toInstant(offsets.get(0));
        }
        ZoneOffsetTransition leap = zone.getRules().getTransition(local);
        return leap.getInstant();
    }
}
