package io.daypass.lease.sqlite;

import io.daypass.lease.StoreClock;
import io.daypass.lease.StoreException;
import io.daypass.outbox.Committed;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only one who writes. Changes that wait are taken together into one transaction; their promises are kept after it
 * is durable. Batches form by themselves while a commit is under way.
 *
 * <p>If a change throws, its batch is rolled back and tried again one by one, so that it fails alone. If a commit
 * fails, all its promises are broken: what became of it isn't known, and counts as not done.
 */
final class Writer {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

    private final Path file;
    private final Settings settings;
    private final Session session;
    private final Memory memory;
    private final StoreClock clock;
    private final Executor executor;
    private final Queue<Waiting<?>> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final List<Consumer<Committed>> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean closed;
    private boolean stale;

    /**
     * @param executor runs one thing at a time, in order
     */
    Writer(Path file, Settings settings, Session session, Memory memory, StoreClock clock, Executor executor) {
        this.file = file;
        this.settings = settings;
        this.session = session;
        this.memory = memory;
        this.clock = clock;
        this.executor = executor;
    }

    /** Puts a change into the next transaction. The stage is completed on the writer's thread, or fails at once. */
    <T> CompletionStage<T> submit(Change<T> change) {
        if (closed) {
            return CompletableFuture.failedFuture(new StoreException("the store is closed"));
        }
        int before = waiting.getAndIncrement();
        if (before >= settings.waiting()) {
            waiting.getAndDecrement();
            return CompletableFuture.failedFuture(new StoreException(
                    before + " changes wait for the disk already; it is too slow for this load, or hangs"));
        }
        Waiting<T> one = new Waiting<>(change, new CompletableFuture<>());
        queue.add(one);
        if (before == 0) {
            try {
                executor.execute(this::drain);
            } catch (RejectedExecutionException e) {
                // The store was closed in this very moment: whatever is still in the queue is nobody's any more.
                if (queue.remove(one)) {
                    one.fail(new StoreException("the store is closed", e));
                }
            }
        }
        return one.promise();
    }

    /** Is called after every commit, before its promises are kept. */
    void listen(Consumer<Committed> listener) {
        listeners.add(listener);
    }

    /** Takes no more changes, commits those that wait, and closes the session. On the writer's thread. */
    void close() {
        closed = true;
        while (!queue.isEmpty()) {
            commitSome();
        }
        try {
            session.close();
        } catch (SQLException e) {
            throw Failures.explain("Closing the store", file, e);
        }
    }

    private void drain() {
        int done = commitSome();
        if (waiting.addAndGet(-done) > 0 && !closed) {
            executor.execute(this::drain);
        }
    }

    private int commitSome() {
        List<Waiting<?>> batch = new ArrayList<>();
        while (batch.size() < settings.batch()) {
            Waiting<?> next = queue.poll();
            if (next == null) {
                break;
            }
            batch.add(next);
        }
        commit(batch);
        return batch.size();
    }

    private void commit(List<Waiting<?>> batch) {
        boolean committing = false;
        try {
            refresh();
            Transaction transaction = new Transaction(session, memory, clock.millis());
            for (Waiting<?> each : batch) {
                each.apply(transaction);
            }
            transaction.finish(settings);
            committing = true;
            session.commit();
            announce(transaction.committed());
        } catch (SQLException e) {
            undo();
            if (committing || batch.size() == 1 || Failures.isOfTheFile(e)) {
                StoreException failure = Failures.explain("Writing to the store", file, e);
                LOG.atError().addKeyValue("changes", batch.size()).setCause(e).log(failure.getMessage());
                batch.forEach(each -> each.fail(failure));
            } else {
                batch.forEach(each -> commit(List.of(each)));
            }
            return;
        } catch (RuntimeException e) {
            undo();
            if (batch.size() == 1) {
                batch.get(0).fail(e);
            } else {
                batch.forEach(each -> commit(List.of(each)));
            }
            return;
        }
        batch.forEach(Waiting::keep);
    }

    private void undo() {
        stale = true;
        try {
            session.rollback();
        } catch (SQLException e) {
            // The next transaction meets it again, and says so to whoever asked for it.
            LOG.atWarn().setCause(e).log("a transaction could not be rolled back");
        }
    }

    /** What is held in memory is read anew after anything was rolled back. */
    private void refresh() throws SQLException {
        if (stale) {
            session.rollback();
            memory.load(session);
            stale = false;
        }
    }

    private void announce(Committed committed) {
        for (Consumer<Committed> listener : listeners) {
            try {
                listener.accept(committed);
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("a listener of the outbox threw, which it must not");
            }
        }
    }

    /** A change: applied in a transaction that may be rolled back and run anew, so it leaves nothing but rows. */
    @FunctionalInterface
    interface Change<T> {
        T apply(Transaction transaction) throws SQLException;
    }

    private static final class Waiting<T> {
        private final Change<T> change;
        private final CompletableFuture<T> promise;
        private @Nullable T answer;

        Waiting(Change<T> change, CompletableFuture<T> promise) {
            this.change = change;
            this.promise = promise;
        }

        CompletableFuture<T> promise() {
            return promise;
        }

        void apply(Transaction transaction) throws SQLException {
            answer = change.apply(transaction);
        }

        @SuppressWarnings("NullAway") // The answer is what the change gave, and a change of Void gives null.
        void keep() {
            promise.complete(answer);
        }

        void fail(Throwable why) {
            promise.completeExceptionally(why);
        }
    }
}
