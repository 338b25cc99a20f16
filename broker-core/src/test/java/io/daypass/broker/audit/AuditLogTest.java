package io.daypass.broker.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AuditLogTest {
    private final Disk disk = new Disk();
    private final AuditLog log =
            new AuditLog(new AuditLines(new PlainBarrier()), disk, Thread::new, Duration.ofMillis(10));

    @BeforeEach
    void start() {
        log.start();
    }

    @AfterEach
    void close() {
        disk.full = false;
        disk.mayWrite.release(1_000_000);
        log.close();
    }

    @Test
    void response_isCompletedWhenBothLinesAreWritten() throws Exception {
        CompletionStage<Void> request = log.request(Entries.request("a"));
        assertTrue(request.toCompletableFuture().isDone());
        CompletableFuture<Void> response = respond("a");
        assertFalse(response.isDone());
        disk.mayWrite.release(10);
        response.get();
        assertEquals(List.of("request a", "response a"), disk.written());
    }

    @Test
    void response_whileAnotherBatchIsWritten_sharesTheNextWrite() throws Exception {
        CompletableFuture<Void> first = respond("a");
        disk.waits.acquire();
        List<CompletableFuture<Void>> rest = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            log.request(Entries.request("b" + i));
            rest.add(respond("b" + i));
        }
        disk.mayWrite.release(2);
        first.get();
        for (CompletableFuture<Void> one : rest) {
            one.get();
        }
        assertEquals(2, disk.writes());
        assertEquals(101, disk.written().size());
    }

    @Test
    void request_alone_isWrittenSoon() throws Exception {
        disk.mayWrite.release(1);
        log.request(Entries.request("a"));
        disk.succeeded.acquire();
        assertEquals(List.of("request a"), disk.written());
    }

    @Test
    void request_afterWriteFailed_isRefusedUntilOneSucceeds() throws Exception {
        disk.full = true;
        disk.mayWrite.release(1_000);
        log.request(Entries.request("a"));
        ExecutionException failed =
                assertThrows(ExecutionException.class, () -> respond("a").get());
        assertInstanceOf(AuditException.class, failed.getCause());
        assertFalse(log.isHealthy());
        assertRefused(log.request(Entries.request("b")));
        // One whose request was let in before: it fails too, and is written afterwards all the same.
        assertThrows(ExecutionException.class, () -> respond("c").get());
        assertEquals(List.of(), disk.written());
        disk.full = false;
        while (!log.isHealthy()) {
            Thread.onSpinWait();
        }
        log.request(Entries.request("d"));
        respond("d").get();
        assertEquals(List.of("request a", "response a", "response c", "request d", "response d"), disk.written());
    }

    @Test
    void close_writesWhatWaits() throws Exception {
        disk.mayWrite.release(1_000);
        log.request(Entries.request("a"));
        log.close();
        assertEquals(List.of("request a"), disk.written());
        assertRefused(log.request(Entries.request("b")));
        assertRefused(log.response(Entries.request("b").answered(Entries.NOW, Entries.answer())));
        assertTrue(disk.closed);
    }

    private CompletableFuture<Void> respond(String id) {
        return log.response(Entries.request(id).answered(Entries.NOW, Entries.answer()))
                .toCompletableFuture();
    }

    private static void assertRefused(CompletionStage<Void> stage) {
        CompletableFuture<Void> future = stage.toCompletableFuture();
        assertTrue(future.isCompletedExceptionally());
        ExecutionException failed = assertThrows(ExecutionException.class, () -> future.get(0, TimeUnit.SECONDS));
        assertInstanceOf(AuditException.class, failed.getCause());
    }

    /** A file that writes when it is allowed to, and can be full. */
    private static final class Disk implements Appender {
        final Semaphore mayWrite = new Semaphore(0);
        final Semaphore waits = new Semaphore(0);
        final Semaphore succeeded = new Semaphore(0);
        volatile boolean full;
        volatile boolean closed;
        private final List<String> lines = new ArrayList<>();
        private int writes;

        @Override
        public void append(ByteBuffer bytes) throws IOException {
            waits.release();
            mayWrite.acquireUninterruptibly();
            if (full) {
                throw new IOException("No space left on device");
            }
            synchronized (this) {
                writes++;
                StandardCharsets.UTF_8.decode(bytes).toString().lines().forEach(line -> {
                    var json = Entries.json(line);
                    lines.add(json.at("/type").textValue() + " "
                            + json.at("/request/id").textValue());
                });
            }
            succeeded.release();
        }

        @Override
        public void close() {
            closed = true;
        }

        synchronized List<String> written() {
            return List.copyOf(lines);
        }

        synchronized int writes() {
            return writes;
        }
    }
}
