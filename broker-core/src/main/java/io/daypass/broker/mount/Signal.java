package io.daypass.broker.mount;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the changes of one thing, and wakes whoever waits for the next one. */
final class Signal {
    private final AtomicLong count = new AtomicLong();
    private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();

    /** How many changes there were. */
    long count() {
        return count.get();
    }

    /** Says that there was a change, after it could be seen. */
    void fire() {
        count.incrementAndGet();
        waiting.forEach(Runnable::run);
    }

    /** Runs this at every change; it must not block. */
    void add(Runnable wake) {
        waiting.add(wake);
    }

    void remove(Runnable wake) {
        waiting.remove(wake);
    }

    /** Something whose changes are counted. */
    interface Of {
        Signal signal();
    }
}
