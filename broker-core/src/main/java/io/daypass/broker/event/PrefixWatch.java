package io.daypass.broker.event;

import io.daypass.outbox.Event;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Waits for many leases: those whose issue path is a prefix, or lies below it. */
public final class PrefixWatch implements AutoCloseable {
    private final String prefix;
    private final Consumer<PrefixWatch> closer;
    private final AtomicLong heard = new AtomicLong();
    private final Promise<EndWatch.Word> promise = Promise.promise();
    private volatile long expected = Long.MAX_VALUE;

    PrefixWatch(String prefix, Consumer<PrefixWatch> closer) {
        this.prefix = prefix;
        this.closer = closer;
    }

    /**
     * Waits for so many ends.
     *
     * @return the word on the last of them, or on the first that failed
     */
    public Future<EndWatch.Word> all(long ends) {
        expected = ends;
        check();
        return promise.future();
    }

    @Override
    public void close() {
        closer.accept(this);
    }

    void heard(Event event, EndWatch.Word word) {
        String path = event.source().path();
        if (!prefix.isEmpty() && !path.equals(prefix) && !path.startsWith(prefix + "/")) {
            return;
        }
        if (!word.gone()) {
            promise.tryComplete(word);
            return;
        }
        heard.incrementAndGet();
        check();
    }

    private void check() {
        if (heard.get() >= expected) {
            promise.tryComplete(new EndWatch.Word(true, ""));
        }
    }
}
