package io.daypass.broker.run;

import io.daypass.lease.Reaper;
import io.daypass.lease.StoreClock;
import io.daypass.outbox.Committed;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one timer that there is for all leases. It is armed for the earliest instant at which one is due, and armed anew
 * when a commit makes one due sooner.
 */
public final class ReaperTimer {
    private static final Logger LOG = LoggerFactory.getLogger(ReaperTimer.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final long NOT_ARMED = -1;

    private final Vertx vertx;
    private final Context context;
    private final Reaper reaper;
    private final StoreClock clock;
    private volatile Instant armedFor = Instant.MAX;
    private long timer = NOT_ARMED;
    private boolean running;
    private Future<Void> tick = Future.succeededFuture();

    /**
     * @param vertx whose timers are used
     * @param reaper that does the work
     * @param clock the store's
     */
    public ReaperTimer(Vertx vertx, Reaper reaper, StoreClock clock) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.reaper = reaper;
        this.clock = clock;
    }

    /** Begins: what is overdue is done first. */
    public void start() {
        context.runOnContext(now -> {
            running = true;
            run();
        });
    }

    /**
     * Ends: nothing more is begun.
     *
     * @return when what was under way is over
     */
    public Future<Void> stop() {
        return Future.future(promise -> context.runOnContext(now -> {
            running = false;
            disarm();
            tick.onComplete(promise);
        }));
    }

    /** Arms anew if something is due sooner. To be called for every commit. */
    public void committed(Committed committed) {
        Instant due = committed.earliestDue();
        if (!due.isBefore(armedFor)) {
            return;
        }
        context.runOnContext(now -> {
            if (running && due.isBefore(armedFor)) {
                arm(clock.until(due));
            }
        });
    }

    private void run() {
        disarm();
        tick = Future.fromCompletionStage(reaper.tick(), context)
                .onFailure(failed -> {
                    LOG.atError().setCause(failed).log("looking for leases that are due failed; trying again");
                    arm(AFTER_FAILURE);
                })
                .onSuccess(this::arm)
                .mapEmpty();
    }

    private void arm(Duration wait) {
        Instant at = clock.instant().plus(wait);
        if (!running || !at.isBefore(armedFor)) {
            return;
        }
        disarm();
        armedFor = at;
        timer = vertx.setTimer(Math.max(1, wait.toMillis()), fired -> {
            timer = NOT_ARMED;
            run();
        });
    }

    private void disarm() {
        if (timer != NOT_ARMED) {
            vertx.cancelTimer(timer);
            timer = NOT_ARMED;
        }
        armedFor = Instant.MAX;
    }
}
