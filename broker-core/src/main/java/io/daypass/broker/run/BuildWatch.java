package io.daypass.broker.run;

import io.daypass.broker.mount.lane.Threads;
import io.daypass.broker.plugin.Reloads;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;

/** Looks for new builds of plugins, often, and never twice at once. */
public final class BuildWatch implements AutoCloseable {
    private static final Duration OFTEN = Duration.ofMillis(200);

    private final Vertx vertx;
    private final Semaphore looking = new Semaphore(1);
    private long timer;

    private BuildWatch(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * Loads what is built, and begins to look for what will be.
     *
     * @param threads where it is loaded
     * @param idle whether there is nothing to look at
     */
    public static BuildWatch begin(Vertx vertx, Threads threads, Reloads reloads, boolean idle, InstantSource clock) {
        BuildWatch watch = new BuildWatch(vertx);
        if (idle) {
            return watch;
        }
        reloads.begin();
        watch.timer = vertx.setPeriodic(OFTEN.toMillis(), tick -> {
            if (watch.looking.tryAcquire()) {
                threads.run(() -> {
                    try {
                        reloads.look(clock.instant());
                    } finally {
                        watch.looking.release();
                    }
                });
            }
        });
        return watch;
    }

    /** Looks no more, once what is being loaded is. */
    @Override
    public void close() {
        vertx.cancelTimer(timer);
        looking.acquireUninterruptibly();
    }
}
