package io.daypass.hmac.client;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which key signs. It leases a key, another one in good time before that signs no more, and at once if it is taken away.
 * A new key signs only when it has been known for a while, so that all who check know it too; until then the last one
 * does, which everybody still accepts for longer than a session; but never for much longer than its lease.
 */
final class Signer implements AutoCloseable {
    private static final long LOOK_MILLIS = 200;
    private static final long AT_MOST_EVERY_NANOS = 1_000_000_000;

    /** So many keys that were leased before are remembered. */
    private static final int FORMER = 8;

    private final Broker broker;
    private final Refresh refresh;
    private final InstantSource clock;
    private final Duration settle;
    private final Deque<String> leased = new ArrayDeque<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "daypass-signer");
        made.setDaemon(true);
        return made;
    });
    private long lastAsked = System.nanoTime() - AT_MOST_EVERY_NANOS;
    private Instant renewAt = Instant.MAX;
    private final CountDownLatch ready = new CountDownLatch(1);
    private volatile @Nullable String problem;

    /** @param settle how long a new key must have been known before it signs */
    Signer(Broker broker, Refresh refresh, InstantSource clock, Duration settle) {
        this.broker = broker;
        this.refresh = refresh;
        this.clock = clock;
        this.settle = settle;
    }

    void start() {
        var unused = thread.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Why no key could be leased last; empty if one could. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Waits for the first key that can sign. */
    boolean await(Duration atMost) throws InterruptedException {
        return ready.await(Math.max(0, atMost.toMillis()), TimeUnit.MILLISECONDS);
    }

    /** Looks now whether another key is needed. */
    void hurry() {
        if (!thread.isShutdown()) {
            thread.execute(this::look);
        }
    }

    /**
     * The key to sign with.
     *
     * @param until when what is signed ends
     */
    synchronized Optional<Key> key(Keys keys, Instant now, Instant until) {
        Optional<Key> unsettled = Optional.empty();
        for (String id : leased) {
            Optional<Key> key = keys.named(id)
                    .filter(known -> known.verifies(until.toEpochMilli()) && known.signsLate(now.toEpochMilli()));
            if (key.isPresent() && !key.get().knownSince().plus(settle).isAfter(now)) {
                return key;
            }
            unsettled = unsettled.isPresent() ? unsettled : key;
        }
        // What was leased may just have been taken away from all: its successor is known already.
        return unsettled.isPresent()
                ? unsettled
                : keys.keys().stream()
                        .filter(key -> key.signsForAll(now.toEpochMilli()))
                        .reduce((older, newer) -> newer);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void look() {
        try {
            tend();
        } catch (RuntimeException e) {
            // Whatever a broker answers, it is looked again.
            problem = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        }
    }

    private void tend() {
        Instant now = clock.instant();
        boolean waits = System.nanoTime() - lastAsked < AT_MOST_EVERY_NANOS;
        if (key(refresh.keys(), now, now).isPresent()) {
            ready.countDown();
        }
        if (waits || !needsAnother(now)) {
            return;
        }
        lastAsked = System.nanoTime();
        try {
            String id = broker.lease();
            synchronized (this) {
                leased.remove(id);
                leased.addFirst(id);
                if (leased.size() > FORMER) {
                    leased.removeLast();
                }
            }
            renewAt = Instant.MAX;
            problem = null;
        } catch (IOException | RuntimeException e) {
            problem = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean needsAnother(Instant now) {
        String id = leased.peekFirst();
        if (id == null) {
            return true;
        }
        Optional<Key> key = refresh.keys().named(id);
        if (key.isEmpty()) {
            // Taken away, or so new that the next telling has it.
            return !refresh.keys().version().isEmpty();
        }
        if (renewAt.equals(Instant.MAX)) {
            renewAt = key.get().renewAt(now);
        }
        return !now.isBefore(renewAt) || !key.get().signs(now.toEpochMilli());
    }
}
