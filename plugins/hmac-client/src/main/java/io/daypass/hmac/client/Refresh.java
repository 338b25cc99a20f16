package io.daypass.hmac.client;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps keys up to date in the background: one request to the broker is always waiting for the next change. While the
 * broker is away, what is known stays, and it is asked again, ever more rarely.
 */
final class Refresh implements AutoCloseable {
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LAST = Duration.ofSeconds(15);

    private final Broker broker;
    private final Duration wait;
    private final InstantSource clock;
    private final Consumer<Keys> changed;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch heard = new CountDownLatch(1);
    private final Thread thread;
    private volatile Keys keys = Keys.NONE;
    private volatile @Nullable String problem;

    /**
     * @param wait how long a request waits for a change
     * @param clock by which keys are known for so long
     * @param changed is told of every change
     */
    Refresh(Broker broker, Duration wait, InstantSource clock, Consumer<Keys> changed) {
        this.broker = broker;
        this.wait = wait;
        this.clock = clock;
        this.changed = changed;
        this.thread = new Thread(this::run, "daypass-keys");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** What is known now. */
    Keys keys() {
        return keys;
    }

    /** Why the broker could not be asked last; empty if it could. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Waits for the broker's first word. */
    boolean await(Duration atMost) throws InterruptedException {
        return heard.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }

    private void run() {
        Duration pause = FIRST;
        try {
            while (closed.getCount() > 0) {
                if (ask()) {
                    pause = FIRST;
                } else {
                    closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
                    pause = pause.multipliedBy(2).compareTo(LAST) < 0 ? pause.multipliedBy(2) : LAST;
                }
            }
        } catch (InterruptedException e) {
            // Closed: nobody else interrupts this thread.
            closed.countDown();
        }
    }

    private boolean ask() throws InterruptedException {
        try {
            Optional<Keys> fresh = broker.keys(keys, wait, clock.instant());
            problem = null;
            if (fresh.isPresent()) {
                keys = fresh.get();
                changed.accept(fresh.get());
            }
            heard.countDown();
            // A role that isn't there answers at once; it is asked for no more often than a broker that is away.
            return !keys.version().isEmpty();
        } catch (IOException | RuntimeException e) {
            problem = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return false;
        }
    }
}
