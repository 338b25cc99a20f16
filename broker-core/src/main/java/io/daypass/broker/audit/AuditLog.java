package io.daypass.broker.audit;

import io.daypass.broker.seal.Barrier;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit log as a file of JSON lines, fail closed.
 *
 * <p>A thread of its own takes all the lines that wait and writes them with one fsync; while it does, the next ones
 * gather. A request's line alone doesn't wake it, since its answer's will, and one fsync serves both; a request that
 * takes long is written within {@link #LINGER}.
 *
 * <p>When a batch can't be written, what it is about fails, everything is refused at once, and the same lines are tried
 * again every second until they are written: then it goes on. So the log has a gap in time, never one in its lines,
 * unless the process ends before.
 */
public final class AuditLog implements Audit, AutoCloseable {
    /** How long a request's line may wait for company. */
    static final Duration LINGER = Duration.ofMillis(50);

    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_WRITE = Duration.ofSeconds(5);

    /** The most that waits to be written, in bytes: a disk this far behind is as good as none. */
    private static final long MAX_WAITING = 64L << 20;

    private final AuditLines lines;
    private final Appender file;
    private final Thread writer;
    private final Duration retry;

    private final Queue<Line> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicInteger waitingAnswers = new AtomicInteger();
    private volatile boolean healthy = true;
    private volatile boolean idle;
    private volatile boolean closed;

    AuditLog(AuditLines lines, Appender file, ThreadFactory threads, Duration retry) {
        this.lines = lines;
        this.file = file;
        this.retry = retry;
        this.writer = threads.newThread(this::run);
    }

    /**
     * Opens the log, and starts its thread.
     *
     * @param path of the file, made if it is not there
     * @param barrier has the key of the MACs
     * @param threads makes the one thread
     * @throws AuditException if the file can't be had
     */
    public static AuditLog open(Path path, Barrier barrier, ThreadFactory threads) {
        AuditLog log = new AuditLog(new AuditLines(barrier), AuditFile.open(path), threads, RETRY);
        log.start();
        return log;
    }

    void start() {
        writer.start();
    }

    @Override
    public CompletionStage<Void> request(AuditEntry entry) {
        if (!healthy || waitingBytes.get() > MAX_WAITING || closed) {
            return CompletableFuture.failedStage(refused());
        }
        put(new Line(ByteBuffer.wrap(lines.line(entry)), null));
        if (idle) {
            LockSupport.unpark(writer);
        }
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Void> response(AuditEntry entry) {
        if (waitingBytes.get() > MAX_WAITING || closed) {
            return CompletableFuture.failedStage(refused());
        }
        CompletableFuture<Void> written = new CompletableFuture<>();
        waitingAnswers.incrementAndGet();
        put(new Line(ByteBuffer.wrap(lines.line(entry)), written));
        LockSupport.unpark(writer);
        return written.minimalCompletionStage();
    }

    @Override
    public boolean isHealthy() {
        return healthy;
    }

    /**
     * What stands in the log for this text.
     *
     * @throws Barrier.SealedException if the barrier is sealed
     */
    public String mac(String text) {
        return lines.mac(text);
    }

    /** Writes what waits, for at most 5 seconds, and closes the file. Blocks. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(writer);
        try {
            writer.join(LAST_WRITE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void put(Line line) {
        waitingBytes.addAndGet(line.bytes.limit());
        waiting.add(line);
    }

    private void run() {
        try (file) {
            while (!closed || !waiting.isEmpty()) {
                if (waitForLines()) {
                    write(take());
                }
            }
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("the audit file could not be closed");
        }
        take().fail();
    }

    /** True if there is something to write now. */
    private boolean waitForLines() {
        if (waiting.isEmpty()) {
            idle = true;
            if (waiting.isEmpty() && !closed) {
                LockSupport.park(this);
            }
            idle = false;
            return false;
        }
        if (waitingAnswers.get() == 0 && !closed) {
            LockSupport.parkNanos(this, LINGER.toNanos());
        }
        return true;
    }

    private Batch take() {
        List<ByteBuffer> taken = new ArrayList<>();
        List<CompletableFuture<Void>> promises = new ArrayList<>();
        int size = 0;
        for (Line line = waiting.poll(); line != null; line = waiting.poll()) {
            taken.add(line.bytes);
            size += line.bytes.limit();
            if (line.written != null) {
                promises.add(line.written);
                waitingAnswers.decrementAndGet();
            }
        }
        ByteBuffer whole = ByteBuffer.allocate(size);
        taken.forEach(whole::put);
        return new Batch(whole.flip(), promises);
    }

    private void write(Batch batch) {
        try {
            file.append(batch.lines.duplicate());
            waitingBytes.addAndGet(-batch.lines.limit());
            batch.promises.forEach(promise -> promise.complete(null));
        } catch (IOException | RuntimeException e) {
            healthy = false;
            LOG.atError().setCause(e).log("the audit log can't be written: every request is refused until it can");
            batch.fail();
            writeLater(batch.lines);
        }
    }

    /** Tries until it succeeds; what comes meanwhile fails at once, and its lines are written afterwards. */
    private void writeLater(ByteBuffer failed) {
        List<ByteBuffer> backlog = new ArrayList<>(List.of(failed));
        while (!backlog.isEmpty()) {
            LockSupport.parkNanos(this, retry.toNanos());
            Batch late = take();
            late.fail();
            if (late.lines.hasRemaining()) {
                backlog.add(late.lines);
            }
            try {
                while (!backlog.isEmpty()) {
                    file.append(backlog.get(0).duplicate());
                    waitingBytes.addAndGet(-backlog.remove(0).limit());
                }
            } catch (IOException | RuntimeException e) {
                LOG.atDebug().setCause(e).log("the audit log still can't be written");
                if (closed) {
                    LOG.atError().addKeyValue("bytes", waitingBytes).log("audit lines were lost: we are stopping");
                    return;
                }
            }
        }
        healthy = true;
        LOG.atInfo().log("the audit log is written again");
    }

    private static AuditException refused() {
        return new AuditException(
                "the audit log can't be written, so nothing is served until it can; the operator finds"
                        + " the reason in the broker's own log");
    }

    /** A line, and whom to tell when it is durable; nobody for a request's. */
    private record Line(ByteBuffer bytes, @Nullable CompletableFuture<Void> written) {}

    /** Lines that are written together. */
    private record Batch(ByteBuffer lines, List<CompletableFuture<Void>> promises) {
        void fail() {
            promises.forEach(promise -> promise.completeExceptionally(refused()));
        }
    }
}
