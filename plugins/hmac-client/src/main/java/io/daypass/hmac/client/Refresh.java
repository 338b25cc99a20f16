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

    /** What says so soon that nothing has changed doesn't wait: something on the way, perhaps. It isn't asked all the time. */
    private static final Duration POLL = Duration.ofSeconds(1);

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
        Duration pause = Duration.ZERO;
        try {
            while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = ask(pause);
            }
        } catch (InterruptedException e) {
            // Closed: nobody else interrupts this thread.
            closed.countDown();
        }
    }

    /** @return how long to wait before the next time, which is longer than the last if all isn't well */
    private Duration ask(Duration last) throws InterruptedException {
        try {
            long before = System.nanoTime();
            Optional<Keys> fresh = broker.keys(keys, wait, clock.instant());
            boolean waited = System.nanoTime() - before >= POLL.toNanos();
            boolean news =
                    fresh.filter(told -> !told.version().equals(keys.version())).isPresent();
            problem = null;
            if (fresh.isPresent()) {
                keys = fresh.get();
                changed.accept(fresh.get());
            }
            heard.countDown();
            if (keys.version().isEmpty()) {
                // A role that isn't there answers at once; it is asked for no more often than a broker that is away.
                return longer(last);
            }
            return news || waited ? Duration.ZERO : POLL;
        } catch (IOException | RuntimeException e) {
            problem = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return longer(last);
        }
    }

    private static Duration longer(Duration pause) {
        Duration longer = pause.multipliedBy(2);
        return pause.isZero() ? FIRST : longer.compareTo(LAST) < 0 ? longer : LAST;
    }
}
