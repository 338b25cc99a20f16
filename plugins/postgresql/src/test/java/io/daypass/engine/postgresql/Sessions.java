package io.daypass.engine.postgresql;

import io.daypass.plugin.database.User;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A leased user's sessions that don't want to end. */
final class Sessions implements AutoCloseable {
    private final Shop shop;
    private final User user;
    private final List<Connection> open = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    Sessions(Shop shop, User user) {
        this.shop = shop;
        this.user = user;
    }

    Connection idle() throws SQLException {
        Connection connection = shop.login(user);
        open.add(connection);
        return connection;
    }

    /** Idle after a statement that stays in force. */
    void after(String sql) throws SQLException {
        try (Statement statement = idle().createStatement()) {
            statement.execute(sql);
        }
    }

    void inTransactionWith(String sql) throws SQLException {
        Connection connection = idle();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Busy with a statement; returns when it has been sent and the server shows it. */
    void running(String sql) throws SQLException {
        Connection connection = idle();
        String pid;
        try (Statement statement = connection.createStatement();
                var row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            pid = row.getString(1);
        }
        threads.execute(() -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                ended(e);
            }
        });
        String shown = "SELECT 1 FROM pg_stat_activity WHERE pid = " + pid
                + " AND (state = 'active' OR wait_event IS NOT NULL) AND query NOT LIKE '%pg_backend_pid%'";
        while (shop.ask(shown).isEmpty()) {
            Thread.onSpinWait();
        }
    }

    /** Threads that log in again and again; returns when each has been in once. */
    void loginsInALoop(int count) throws InterruptedException {
        CountDownLatch in = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            threads.execute(() -> {
                while (!threads.isShutdown()) {
                    try (Connection connection = shop.login(user)) {
                        in.countDown();
                        connection.isValid(1);
                    } catch (SQLException e) {
                        ended(e);
                    }
                }
            });
        }
        if (!in.await(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the logins did not get in");
        }
    }

    private static void ended(SQLException e) {
        if (e.getSQLState() == null) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws SQLException {
        threads.shutdownNow();
        for (Connection each : open) {
            each.close();
        }
        try {
            if (!threads.awaitTermination(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a session's thread goes on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
