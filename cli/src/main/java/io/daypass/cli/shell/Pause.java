package io.daypass.cli.shell;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A while in which nothing is done. */
public final class Pause {
    private Pause() {}

    /** Waits, before something that failed is tried again. */
    public static void of(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
