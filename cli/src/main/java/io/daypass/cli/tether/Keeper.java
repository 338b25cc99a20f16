package io.daypass.cli.tether;

import io.daypass.cli.shell.Display;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Renews a lease until it is told to stop: every 10 s, or thrice in its length if that is shorter; every second while
 * the broker doesn't answer, since it may be back before the lease ends.
 */
final class Keeper implements Runnable {
    private static final Duration REGULARLY = Duration.ofSeconds(10);
    private static final Duration URGENTLY = Duration.ofSeconds(1);
    private static final Duration NOTICE = Duration.ofMinutes(5);

    private final Hold hold;
    private final Consumer<String> say;
    private final Runnable lost;
    private final LongSupplier nanos;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private long endsAt;
    private @Nullable Long mustEndAt;
    private boolean warned;
    private boolean failing;
    private boolean overdue;

    /**
     * @param hold the lease
     * @param say tells the user
     * @param lost is called once if the lease is gone while it is still wanted
     * @param nanos a clock that only goes forward, in nanoseconds
     */
    Keeper(Hold hold, Consumer<String> say, Runnable lost, LongSupplier nanos) {
        this.hold = hold;
        this.say = say;
        this.lost = lost;
        this.nanos = nanos;
        this.endsAt = nanos.getAsLong() + hold.length().toNanos();
    }

    /** Ends the renewing. On any thread. */
    void stop() {
        stopped.countDown();
    }

    @Override
    public void run() {
        look();
        Duration length = hold.length();
        Duration pause = pause(length);
        while (!stoppedWithin(pause)) {
            Hold.Outcome outcome = hold.renew();
            if (stoppedWithin(Duration.ZERO)) {
                return;
            }
            switch (outcome.kind()) {
                case RENEWED -> {
                    renewed(outcome.length());
                    pause = pause(outcome.length());
                }
                case LATER -> {
                    failed(outcome.why());
                    pause = URGENTLY;
                }
                case GONE -> {
                    say.accept("the lease is gone: " + outcome.why());
                    lost.run();
                    return;
                }
            }
        }
    }

    private void renewed(Duration length) {
        endsAt = nanos.getAsLong() + length.toNanos();
        if (failing) {
            say.accept("the broker is back; the lease lives on");
        }
        failing = false;
        overdue = false;
        if (mustEndAt == null || (!warned && isNear(mustEndAt))) {
            look();
        }
    }

    private void failed(String why) {
        long left = Duration.ofNanos(endsAt - nanos.getAsLong()).toSeconds();
        if (!failing) {
            say.accept("can't renew the lease: " + why);
            say.accept("trying again every second; it ends in " + Display.seconds(left) + " unless one succeeds");
        } else if (left <= 0 && !overdue) {
            overdue = true;
            say.accept("the lease was not renewed in time: new logins are refused, and sessions end once the broker is"
                    + " back");
        }
        failing = true;
    }

    /** Asks how long it can be kept alive, and warns if that is not long. A token may have been renewed meanwhile. */
    private void look() {
        hold.longest().ifPresent(longest -> {
            mustEndAt = nanos.getAsLong() + longest.toNanos();
            if (!warned && isNear(mustEndAt)) {
                warned = true;
                say.accept("this access ends for good in " + Display.seconds(longest.toSeconds())
                        + ": its maximum, or the end of the token, is reached then");
            }
        });
    }

    private boolean isNear(long at) {
        return at - nanos.getAsLong() <= NOTICE.toNanos();
    }

    private static Duration pause(Duration length) {
        Duration third = length.dividedBy(3);
        Duration pause = third.compareTo(REGULARLY) < 0 ? third : REGULARLY;
        return pause.compareTo(URGENTLY) < 0 ? URGENTLY : pause;
    }

    private boolean stoppedWithin(Duration time) {
        try {
            return stopped.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
