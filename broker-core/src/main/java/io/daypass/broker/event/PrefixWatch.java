package io.daypass.broker.event;

import io.daypass.outbox.Event;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Waits for many leases: those whose issue path is a prefix, or lies below it, and whose end begins while it listens.
 * It knows them by their numbers, since others under the prefix may come to their end meanwhile, and one may be spoken
 * of twice.
 */
public final class PrefixWatch implements AutoCloseable {
    /** Of more than these nobody waits for the last. */
    private static final int MOST = 250_000;

    private final String prefix;
    private final Consumer<PrefixWatch> closer;
    private final Promise<EndWatch.Word> promise = Promise.promise();

    /** What has begun to end and has not ended yet. Guarded by this object, as are the two flags. */
    private final Set<Long> ending = new HashSet<>();

    private boolean tooMany;
    private boolean complete;

    PrefixWatch(String prefix, Consumer<PrefixWatch> closer) {
        this.prefix = prefix;
        this.closer = closer;
    }

    /**
     * Waits for those whose end has begun so far.
     *
     * @return the word on the last of them, or on the first that failed
     */
    public Future<EndWatch.Word> all() {
        synchronized (this) {
            complete = true;
        }
        check();
        return promise.future();
    }

    @Override
    public void close() {
        closer.accept(this);
    }

    /** @param word null if the event is none on an end */
    void heard(Event event, EndWatch.@Nullable Word word) {
        String path = event.source().path();
        if (!prefix.isEmpty() && !path.equals(prefix) && !path.startsWith(prefix + "/")) {
            return;
        }
        if (event.type() == Event.Type.ENDING) {
            begun(event.n());
        } else if (word != null && over(event.n(), word.gone())) {
            if (word.gone()) {
                check();
            } else {
                promise.tryComplete(word);
            }
        }
    }

    private synchronized void begun(long n) {
        tooMany |= !complete && ending.size() == MOST;
        if (!complete && !tooMany) {
            ending.add(n);
        }
    }

    private synchronized boolean over(long n, boolean gone) {
        return gone ? ending.remove(n) : ending.contains(n);
    }

    private void check() {
        boolean over;
        synchronized (this) {
            over = complete && !tooMany && ending.isEmpty();
        }
        if (over) {
            promise.tryComplete(new EndWatch.Word(true, ""));
        }
    }
}
