package io.daypass.lease.sqlite;

import io.daypass.lease.StoreException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of a store: one that writes, a few that read. */
final class StoreThreads {
    private final ExecutorService writer;
    private final ExecutorService readers;

    StoreThreads(int readers, int waitingReads) {
        // The writer schedules itself at most once at a time, so its own queue stays short.
        this.writer = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named("daypass-store-writer"));
        this.readers = new ThreadPoolExecutor(
                readers,
                readers,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(waitingReads),
                named("daypass-store-reader"));
    }

    ExecutorService writer() {
        return writer;
    }

    ExecutorService readers() {
        return readers;
    }

    /** Runs the last thing on each, and waits for it. */
    void close(Runnable lastRead, Runnable lastWrite) {
        readers.shutdown();
        await(readers);
        lastRead.run();
        writer.execute(lastWrite);
        writer.shutdown();
        await(writer);
    }

    private static void await(ExecutorService executor) {
        try {
            if (!executor.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new StoreException("the store could not be closed within a minute: the disk hangs");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
