package io.daypass.testkit;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What should be gone: threads that run on, class loaders that something still holds. */
final class Leftovers {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int LOOK_MILLIS = 100;

    private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    private final ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();

    /** The threads that are alive. */
    static Set<Thread> threads() {
        return Set.copyOf(Thread.getAllStackTraces().keySet());
    }

    /** Those alive now that were not among these; waits a little for them to end. */
    static Set<Thread> threadsSince(Set<Thread> before) throws InterruptedException {
        Set<Thread> since = new HashSet<>(threads());
        since.removeAll(before);
        since.remove(Thread.currentThread());
        for (Thread each : since) {
            each.join(PATIENCE.toMillis() / since.size() + 1);
        }
        since.removeIf(each -> !each.isAlive());
        return since;
    }

    /** Watches a class loader. */
    void watch(ClassLoader loader) {
        loaders.add(new WeakReference<>(loader, collected));
    }

    /**
     * How many of those watched are still held by something; collects garbage until at most so many are.
     *
     * @param patience how long to wait for that
     */
    long loadersHeld(int expected, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (held() > expected && System.nanoTime() < end) {
            System.gc();
            collected.remove(LOOK_MILLIS);
        }
        return held();
    }

    private long held() {
        return loaders.stream().filter(each -> !each.refersTo(null)).count();
    }
}
