package io.daypass.embedded;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Looks again and again until something holds, or a deadline has passed. */
public final class Await {
    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private Await() {}

    /**
     * Looks every 10 ms.
     *
     * @param atMost how long to go on
     * @param holds what is looked at; an exception counts as "not yet"
     * @return whether it came to hold in time
     */
    public static boolean within(Duration atMost, Callable<Boolean> holds) {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            if (isTrue(holds)) {
                return true;
            }
            if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(BETWEEN_NANOS);
        }
    }

    /**
     * Looks every 10 ms, and fails if the deadline passes first.
     *
     * @param atMost how long to go on
     * @param what what is waited for, for the error
     * @param holds what is looked at; an exception counts as "not yet"
     * @throws AssertionError if it did not come to hold in time
     */
    public static void until(Duration atMost, String what, Callable<Boolean> holds) {
        until(atMost, () -> what, holds);
    }

    /** The same, with an error text that is made when it is needed: it may tell what was seen last. */
    public static void until(Duration atMost, Supplier<String> what, Callable<Boolean> holds) {
        if (!within(atMost, holds)) {
            throw new AssertionError("not within " + atMost.toMillis() + " ms: " + what.get());
        }
    }

    /** Lets a time pass, where passing it is the point; an interrupt ends it early. */
    public static void pass(Duration time) {
        within(time, () -> false);
    }

    private static boolean isTrue(Callable<Boolean> holds) {
        try {
            return holds.call();
        } catch (Exception notYet) {
            return false;
        }
    }
}
