package io.daypass.broker.mount.lane;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The one place where threads for blocking code are made. Their number is bounded by the lanes that use them, not here;
 * so they can be plain threads, which every driver knows.
 */
public final class Threads implements AutoCloseable {
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final ExecutorService calls;
    private final ScheduledThreadPoolExecutor timer;

    /** Makes none yet. */
    public Threads() {
        this.calls = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new SynchronousQueue<>(),
                named("daypass-call-"));
        this.timer = new ScheduledThreadPoolExecutor(1, named("daypass-deadline-"));
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Names threads that are no reason to stay alive. */
    public static ThreadFactory named(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Runs blocking work on a thread of its own.
     *
     * @throws java.util.concurrent.RejectedExecutionException after {@link #close}
     */
    public void run(Runnable work) {
        calls.execute(work);
    }

    /** Runs something short later; it must not block. */
    Future<?> after(Duration delay, Runnable then) {
        return timer.schedule(then, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Takes no more work; what is under way goes on. */
    @Override
    public void close() {
        timer.shutdownNow();
        calls.shutdown();
    }
}
