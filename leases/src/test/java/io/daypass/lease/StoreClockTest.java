package io.daypass.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StoreClockTest {
    private final SettableClock source = new SettableClock();
    private final StoreClock clock = new StoreClock(source, Instant.EPOCH);

    @Test
    void sourceGoingBack_timeStandsStill_untilItHasCaughtUp() {
        source.advance(Duration.ofMinutes(5));
        Instant shown = clock.instant();
        source.advance(Duration.ofHours(-1));
        assertEquals(shown, clock.instant());
        assertEquals(Duration.ofHours(1).toMillis(), clock.standingStillFor());
        source.advance(Duration.ofMinutes(59));
        assertEquals(shown, clock.instant());
        source.advance(Duration.ofMinutes(2));
        assertEquals(shown.plus(Duration.ofMinutes(1)), clock.instant());
        assertEquals(0, clock.standingStillFor());
    }

    @Test
    void sourceGoingForward_isBelieved() {
        Instant before = clock.instant();
        source.advance(Duration.ofHours(1));
        assertEquals(before.plus(Duration.ofHours(1)), clock.instant());
    }

    @Test
    void start_isNotBeforeWhatWasSeen() {
        Instant seen = source.instant().plusSeconds(90);
        assertEquals(seen, new StoreClock(source, seen).instant());
        clock.notBefore(seen);
        assertEquals(seen, clock.instant());
        clock.notBefore(seen.minusSeconds(1));
        assertEquals(seen, clock.instant());
    }

    @Test
    void until_isWhatATimerMustWait() {
        Instant at = clock.instant().plusSeconds(10);
        assertEquals(Duration.ofSeconds(10), clock.until(at));
        assertEquals(Duration.ZERO, clock.until(clock.instant()));
        assertEquals(Duration.ZERO, clock.until(clock.instant().minusSeconds(1)));
        source.advance(Duration.ofMinutes(-1));
        assertEquals(Duration.ofSeconds(70), clock.until(at));
    }
}
