package io.daypass.engine.sql;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class ServerClockTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);

    private final ServerClock clock = new ServerClock(CLOCK);

    @Test
    void skew_isAgainstTheMiddleOfTheQuestion() {
        clock.told(NOW.minusSeconds(2), NOW.plusSeconds(4));
        assertEquals(Duration.ofSeconds(5), clock.skew());
        assertEquals(NOW, clock.toldAt());
    }

    @Test
    void skew_isWorthSayingOnce() {
        assertFalse(clock.told(NOW, NOW.plusSeconds(2)));
        assertTrue(clock.told(NOW, NOW.plusSeconds(3)));
        assertFalse(clock.told(NOW, NOW.minusSeconds(3)));
    }

    @Test
    void clocks_mustAgreeWithinHalfOfWhatIsLeft_andNeverWithinLessThanTwoSeconds() {
        clock.told(NOW, NOW.minusSeconds(5));
        assertDoesNotThrow(() -> clock.mustAgree(left(10)));
        assertThrows(Unavailable.class, () -> clock.mustAgree(left(9)));
        clock.told(NOW, NOW.plusSeconds(2));
        assertDoesNotThrow(() -> clock.mustAgree(left(1)));
    }

    private static Deadline left(int seconds) {
        return new Deadline(NOW.plusSeconds(seconds), CLOCK);
    }
}
