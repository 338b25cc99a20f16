package io.daypass.lease.sim;

import io.daypass.lease.Reaper;
import java.time.Duration;

/** The one timer of a broker: set anew only for something sooner. */
final class Alarm {
    private static final long NOT_SET = Long.MAX_VALUE;

    private final Scheduler scheduler;
    private final Life life;
    private final Reaper reaper;
    private long setFor = NOT_SET;

    Alarm(Scheduler scheduler, Life life, Reaper reaper) {
        this.scheduler = scheduler;
        this.life = life;
        this.reaper = reaper;
    }

    void setFor(Duration wait) {
        long millis = Math.min(wait.toMillis(), Duration.ofMinutes(1).toMillis());
        long at = scheduler.now() + millis;
        if (at >= setFor) {
            return;
        }
        setFor = at;
        scheduler.after(life, millis, () -> {
            if (setFor == at) {
                setFor = NOT_SET;
                reaper.tick().thenAccept(this::setFor);
            }
        });
    }
}
