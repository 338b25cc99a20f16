package io.daypass.engine.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.plugin.Invalid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final String BERLIN = "Europe/Berlin";

    @Test
    void period_isCountedFromTheLastTime() {
        Schedule schedule = new Schedule(Optional.of(Duration.ofHours(6)), "", "UTC", Duration.ZERO);
        schedule.check(NOW);
        assertEquals(Optional.of(NOW.plus(Duration.ofHours(6))), schedule.after(NOW));
        assertEquals(Optional.empty(), schedule.missed(NOW, NOW.plus(Duration.ofDays(3))));
    }

    @ParameterizedTest
    @CsvSource({
        "0 2 * * *, UTC, 2026-11-25T02:00:00Z",
        "0 2 * * *, Asia/Tokyo, 2026-11-24T17:00:00Z",
        "*/15 * * * *, UTC, 2026-11-24T10:15:00Z",
        "0 0 29 2 *, UTC, 2028-02-29T00:00:00Z",
        "30 4 1 JAN *, UTC, 2027-01-01T04:30:00Z",
        "0 6 * * SUN, UTC, 2026-11-29T06:00:00Z",
        "0 6 * * 7, UTC, 2026-11-29T06:00:00Z",
        "0 6 1 * MON, UTC, 2026-11-30T06:00:00Z",
    })
    void expression_isReadOnTheClocksOfItsZone(String expression, String zone, Instant next) {
        assertEquals(Optional.of(next), cron(expression, zone).after(NOW));
    }

    /** In Berlin 02:00 becomes 03:00 on 28 March 2027, at 01:00 UTC. */
    @Test
    void time_thatTheZoneLeapsOver_isTheMomentOfTheLeap() {
        assertEquals(
                List.of("2027-03-27T01:30:00Z", "2027-03-28T01:00:00Z", "2027-03-29T00:30:00Z"),
                times(cron("30 2 * * *", BERLIN), "2027-03-26T12:00:00Z", 3));
        assertEquals(
                List.of("2027-03-28T00:45:00Z", "2027-03-28T01:00:00Z", "2027-03-28T01:15:00Z"),
                times(cron("*/15 * * * *", BERLIN), "2027-03-28T00:30:00Z", 3));
    }

    /** In Berlin 03:00 becomes 02:00 on 31 October 2027, at 01:00 UTC. */
    @Test
    void time_thatTheZoneHasTwice_isTheFirstOfThem() {
        assertEquals(
                List.of("2027-10-30T00:30:00Z", "2027-10-31T00:30:00Z", "2027-11-01T01:30:00Z"),
                times(cron("30 2 * * *", BERLIN), "2027-10-29T12:00:00Z", 3));
        assertEquals(
                List.of("2027-10-31T00:30:00Z", "2027-10-31T02:00:00Z", "2027-10-31T02:30:00Z"),
                times(cron("*/30 * * * *", BERLIN), "2027-10-31T00:00:00Z", 3));
        Instant second = Instant.parse("2027-10-31T01:10:00Z");
        assertEquals(
                Optional.of(Instant.parse("2027-10-31T02:00:00Z")),
                cron("*/5 * * * *", BERLIN).after(second));
    }

    @Test
    void window_thatHasPassed_meansTheNextTime() {
        Schedule schedule = new Schedule(Optional.empty(), "0 2 * * *", "UTC", Duration.ofHours(1));
        Instant due = Instant.parse("2026-11-25T02:00:00Z");
        assertEquals(Optional.empty(), schedule.missed(due, due.plusSeconds(3600)));
        assertEquals(Optional.of(Instant.parse("2026-11-26T02:00:00Z")), schedule.missed(due, due.plusSeconds(3601)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 0 30 2 *",
                "0 0 31 4,6,9,11 *",
                "0 0 * * * *",
                "@daily",
                "61 * * * *",
                "x",
                "CRON_TZ=UTC 0 0 * * *"
            })
    void expression_thatIsNone_orNeverDue_isRefused(String expression) {
        Invalid refused =
                assertThrows(Invalid.class, () -> cron(expression, "UTC").check(NOW));
        assertTrue(String.valueOf(refused.getMessage()).contains("rotation_schedule"), refused.getMessage());
    }

    @Test
    void whatCantBeKept_isRefused_namingTheField() {
        assertNames("rotation_period", new Schedule(Optional.empty(), "", "UTC", Duration.ZERO));
        assertNames("rotation_period", new Schedule(Optional.of(Duration.ofSeconds(4)), "", "UTC", Duration.ZERO));
        assertNames(
                "rotation_schedule", new Schedule(Optional.of(Duration.ofHours(1)), "0 2 * * *", "UTC", Duration.ZERO));
        assertNames("rotation_time_zone", new Schedule(Optional.empty(), "0 2 * * *", "Mars/Base", Duration.ZERO));
        assertNames("rotation_window", new Schedule(Optional.empty(), "0 2 * * *", "UTC", Duration.ofSeconds(599)));
        assertNames("rotation_window", new Schedule(Optional.of(Duration.ofHours(1)), "", "UTC", Duration.ofHours(1)));
    }

    private static void assertNames(String field, Schedule schedule) {
        Invalid refused = assertThrows(Invalid.class, () -> schedule.check(NOW));
        assertTrue(String.valueOf(refused.getMessage()).contains(field), refused.getMessage());
    }

    private static Schedule cron(String expression, String zone) {
        return new Schedule(Optional.empty(), expression, zone, Duration.ZERO);
    }

    private static List<String> times(Schedule schedule, String from, int count) {
        List<String> times = new ArrayList<>();
        Instant at = Instant.parse(from);
        for (int i = 0; i < count; i++) {
            at = schedule.after(at).orElseThrow();
            times.add(at.toString());
        }
        return times;
    }
}
