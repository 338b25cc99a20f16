package io.daypass.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private final Breaker breaker =
            new Breaker(new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), new SplittableRandom(7)));
    private Instant now = SettableClock.START;

    private OpenBreaker open() {
        return Objects.requireNonNull(breaker.open());
    }

    @Test
    void closed_holdsNothingBack() {
        assertEquals(64, breaker.allowed(now));
        assertNull(breaker.open());
    }

    @Test
    void open_letsOneThrough_whenItsTimeHasCome() {
        breaker.unavailable(now, "no route");
        assertEquals(0, breaker.allowed(now));
        now = open().probeAt();
        assertEquals(1, breaker.allowed(now));
        breaker.taken();
        assertEquals(0, breaker.allowed(now));
        breaker.untried();
        assertEquals(1, breaker.allowed(now));
    }

    @Test
    void open_triesEverMoreRarely_andTellsSinceWhen() {
        Instant since = now;
        breaker.unavailable(now, "no route");
        for (int i = 0; i < 20; i++) {
            Duration pause = Duration.between(now, open().probeAt());
            assertTrue(pause.compareTo(Duration.ofSeconds(30)) <= 0);
            now = open().probeAt();
            breaker.taken();
            breaker.unavailable(now, "still no route");
        }
        assertTrue(Duration.between(now, open().probeAt()).compareTo(Duration.ofSeconds(15)) >= 0);
        assertEquals(new OpenBreaker(since, 21, "still no route", open().probeAt()), open());
    }

    @Test
    void callsThatFailTogether_countOnce() {
        breaker.unavailable(now, "no route");
        Instant probe = open().probeAt();
        breaker.unavailable(now.plusSeconds(1), "no route");
        assertEquals(1, open().attempts());
        assertEquals(probe, open().probeAt());
    }

    @Test
    void closedAgain_theLoadDoublesWithEveryAnswer() {
        breaker.unavailable(now, "no route");
        now = open().probeAt();
        breaker.taken();
        breaker.answered();
        assertNull(breaker.open());
        for (int expected : new int[] {1, 2, 4, 8, 16, 32, 64, 64}) {
            assertEquals(expected, breaker.allowed(now));
            breaker.taken();
            breaker.answered();
        }
    }
}
