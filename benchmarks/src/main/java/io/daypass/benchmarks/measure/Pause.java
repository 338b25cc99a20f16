package io.daypass.benchmarks.measure;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting, for as long as a measurement wants it. */
public final class Pause {
    private Pause() {}

    /** Waits this long. */
    public static void of(Duration time) {
        until(System.nanoTime() + time.toNanos());
    }

    /** Waits until {@link System#nanoTime} is this. */
    public static void until(long nanoTime) {
        for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /**
     * Asks again and again.
     *
     * @param step between two questions
     * @return whether it became true within the limit
     */
    public static boolean until(BooleanSupplier condition, Duration step, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            of(step);
        }
        return true;
    }
}
