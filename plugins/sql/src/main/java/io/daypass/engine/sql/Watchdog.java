package io.daypass.engine.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts the connection of a call that is still there after its deadline. The socket's own time-out does that first; but it
 * begins anew with every byte that a slow peer sends. Neither cancelling nor a query time-out frees a thread that waits
 * for a mute server.
 */
public final class Watchdog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final Duration GRACE = Duration.ofMillis(100);

    private final ScheduledThreadPoolExecutor timer;

    /** @param name of its thread */
    public Watchdog(String name) {
        timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(10, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
    }

    /**
     * Runs a call, and cuts its connection once this time and a little grace have gone by.
     *
     * @param left to the deadline
     */
    public <T> T watched(Connection connection, Duration left, Attempt<T> call) throws SQLException {
        long nanos = left.plus(GRACE).toNanos();
        Future<?> cutting = timer.schedule(() -> cut(connection), nanos, TimeUnit.NANOSECONDS);
        try {
            return call.once();
        } finally {
            cutting.cancel(false);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private static void cut(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.warn("a connection could not be cut", e);
        }
    }
}
