package io.daypass.lease.sqlite;

import io.daypass.lease.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;

/** Those who read: each on a connection of its own, each read in one snapshot, in threads that may block. */
final class Readers {
    private final Path file;
    private final Executor executor;
    private final BlockingQueue<Session> idle;

    /**
     * @param sessions as many as the executor has threads
     * @param executor refuses when too many wait
     */
    Readers(Path file, List<Session> sessions, Executor executor) {
        this.file = file;
        this.executor = executor;
        this.idle = new LinkedBlockingQueue<>(sessions);
    }

    /** Reads. The stage is completed on a thread of this pool, or fails at once if too many wait. */
    <T> CompletionStage<T> read(Read<T> read) {
        CompletableFuture<T> promise = new CompletableFuture<>();
        try {
            executor.execute(() -> run(read, promise));
        } catch (RejectedExecutionException e) {
            promise.completeExceptionally(new StoreException("too many reads wait already, or the store is closed", e));
        }
        return promise;
    }

    /** Closes the connections; nothing may be reading any more. */
    void close() throws SQLException {
        for (Session session : idle) {
            session.close();
        }
    }

    private <T> void run(Read<T> read, CompletableFuture<T> promise) {
        T answer;
        try {
            Session session = idle.take();
            try {
                answer = read.from(session);
                session.rollback();
            } finally {
                idle.add(session);
            }
        } catch (SQLException e) {
            promise.completeExceptionally(Failures.explain("Reading from the store", file, e));
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            promise.completeExceptionally(new StoreException("the store is closed", e));
            return;
        } catch (RuntimeException e) {
            promise.completeExceptionally(e);
            return;
        }
        promise.complete(answer);
    }

    /** What is read. */
    @FunctionalInterface
    interface Read<T> {
        T from(Session session) throws SQLException;
    }
}
