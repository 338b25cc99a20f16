package io.daypass.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final long FIRST = 1000;
    private static final long LAST = 300_000;

    private final Backoff backoff =
            new Backoff(Duration.ofMillis(FIRST), Duration.ofMillis(LAST), new SplittableRandom(7));

    @Test
    void after_growsTwofold_withinItsTurn() {
        for (int before = 0; before < 8; before++) {
            long limit = FIRST << (before + 1);
            for (int i = 0; i < 200; i++) {
                long pause = backoff.after(before).toMillis();
                assertTrue(pause >= limit / 2 && pause <= limit, pause + " after " + before);
            }
        }
    }

    @Test
    void after_anyNumberOfFailures_staysWithinTheLimit_forEver() {
        for (int before : new int[] {9, 31, 32, 63, 64, 1_000_000, Integer.MAX_VALUE - 1, Integer.MAX_VALUE}) {
            for (int i = 0; i < 200; i++) {
                long pause = backoff.after(before).toMillis();
                assertTrue(pause >= LAST / 2 && pause <= LAST, pause + " after " + before);
            }
        }
    }

    @Test
    void after_theSameFailure_differs() {
        Set<Duration> pauses = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            pauses.add(backoff.after(5));
        }
        assertTrue(pauses.size() > 50, "only " + pauses.size() + " different pauses");
    }

    @Test
    void afterWaiting_isAboutAsLongAsTheWait() {
        for (long already : new long[] {0, 1, 5_000, 100_000, 10_000_000}) {
            long limit = Math.min(LAST, Math.max(2 * FIRST, already));
            long pause = backoff.afterWaiting(Duration.ofMillis(already)).toMillis();
            assertTrue(pause >= FIRST && pause <= limit, pause + " after " + already);
        }
    }

    @Test
    void limits_thatAreEqual_leaveNoChoice() {
        Backoff fixed = new Backoff(Duration.ofSeconds(3), Duration.ofSeconds(3), new SplittableRandom(7));
        assertEquals(Duration.ofSeconds(3), fixed.after(0));
        assertEquals(Duration.ofSeconds(3), fixed.after(50));
    }

    @Test
    void limits_thatMakeNoSense_areRefused() {
        SplittableRandom random = new SplittableRandom(7);
        assertThrows(
                IllegalArgumentException.class,
                () -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1), random));
        assertThrows(IllegalArgumentException.class, () -> new Backoff(Duration.ZERO, Duration.ofSeconds(1), random));
    }
}
