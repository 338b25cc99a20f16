package io.daypass.broker.event;

import io.daypass.outbox.Committed;
import io.daypass.outbox.Event;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for leases to end. A wait begins before the end is asked for, so that it can't be missed, and is over at the
 * first word on it: gone, kept to be sure, or failed and to be tried again.
 */
public final class EndWatch {
    private final Map<Long, List<Promise<Word>>> waiting = new ConcurrentHashMap<>();
    private final List<PrefixWatch> prefixes = new CopyOnWriteArrayList<>();

    /** Tells those who wait. To be called for every commit. */
    public void committed(Committed committed) {
        if (waiting.isEmpty() && prefixes.isEmpty()) {
            return;
        }
        for (Event event : committed.events()) {
            Word word = word(event);
            prefixes.forEach(prefix -> prefix.heard(event, word));
            List<Promise<Word>> promises = word == null ? null : waiting.remove(event.n());
            if (promises != null) {
                promises.forEach(promise -> promise.tryComplete(word));
            }
        }
    }

    /** Begins to wait for the end of one lease. To be closed. */
    public Wait of(long n) {
        Promise<Word> promise = Promise.promise();
        waiting.compute(n, (number, others) -> {
            List<Promise<Word>> all = others == null ? new CopyOnWriteArrayList<>() : others;
            all.add(promise);
            return all;
        });
        return new Wait(n, promise);
    }

    private void forget(long n, Promise<Word> promise) {
        waiting.computeIfPresent(n, (number, all) -> {
            all.remove(promise);
            return all.isEmpty() ? null : all;
        });
    }

    /** Begins to wait for the ends of leases under a prefix. To be closed. */
    public PrefixWatch under(String prefix) {
        PrefixWatch watch = new PrefixWatch(prefix, prefixes::remove);
        prefixes.add(watch);
        return watch;
    }

    private static @Nullable Word word(Event event) {
        return switch (event.type()) {
            case ENDED -> new Word(true, "");
            case WAITING -> new Word(true, event.detail());
            case RETRYING -> new Word(false, event.detail());
            case BEGUN, ISSUED, RENEWED, ENDING, GIVEN_UP, NOTED -> null;
        };
    }

    /** One caller's wait for the end of one lease; others may wait for the same. */
    public final class Wait implements AutoCloseable {
        private final long n;
        private final Promise<Word> promise;

        private Wait(long n, Promise<Word> promise) {
            this.n = n;
            this.promise = promise;
        }

        /** The first word on it. */
        public Future<Word> word() {
            return promise.future();
        }

        /** Waits no longer. */
        @Override
        public void close() {
            forget(n, promise);
        }
    }

    /**
     * The first word on an end.
     *
     * @param gone whether nothing of it is left as far as can be seen
     * @param text what went wrong, or until when it is kept to be sure
     */
    public record Word(boolean gone, String text) {}
}
