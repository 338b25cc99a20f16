package io.daypass.benchmarks.bare;

import io.daypass.benchmarks.measure.Latencies;
import io.daypass.lease.Store;
import io.daypass.lease.Terms;
import io.daypass.lease.sqlite.SqliteStore;
import io.daypass.outbox.Event;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Looks into a broker's store from outside: beside the broker while it runs, and at its events once it has stopped. */
public final class StoreReader {
    private static final int PAGE = 10_000;

    private StoreReader() {}

    /** How many leases there are from this number on. Beside a running broker. */
    public static long leasesFrom(Path database, long n) throws SQLException {
        return number(database, "select count(*) from lease where n >= ?", n);
    }

    /** The highest number of a lease. Beside a running broker. */
    public static long highest(Path database) throws SQLException {
        return number(database, "select coalesce(max(n), 0) from lease where n >= ?", 0);
    }

    /** When the first of the leases from this number on is due. Beside a running broker. */
    public static Instant firstDue(Path database, long n) throws SQLException {
        return Instant.ofEpochMilli(number(database, "select min(due_at) from lease where n >= ?", n));
    }

    /** When the last of the leases from this number on is due. Beside a running broker. */
    public static Instant lastDue(Path database, long n) throws SQLException {
        return Instant.ofEpochMilli(number(database, "select max(due_at) from lease where n >= ?", n));
    }

    /** How many serials are on lists of what ended before its time. Beside a running broker. */
    public static long listed(Path database, Instant now) throws SQLException {
        return number(database, "select count(*) from listed where until > ?", now.toEpochMilli());
    }

    /**
     * How late leases from this number on ended, counted from when they were due. No broker may run.
     *
     * @param data the store's directory
     */
    public static Latencies lateness(Path data, long n) {
        Latencies late = new Latencies();
        try (Store store = SqliteStore.open(data, InstantSource.system())) {
            long cursor = 0;
            List<Event> page = events(store, cursor);
            while (!page.isEmpty()) {
                for (Event event : page) {
                    cursor = event.cursor();
                    if (event.type() == Event.Type.ENDED && event.n() >= n) {
                        Instant due = event.expiresAt().plus(Terms.DEFAULT.slack());
                        late.add(Duration.between(due, event.at()).toNanos());
                    }
                }
                page = events(store, cursor);
            }
        }
        return late;
    }

    private static List<Event> events(Store store, long after) {
        return store.outbox().after(after, PAGE).toCompletableFuture().join();
    }

    private static long number(Path database, String sql, long n) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, n);
            try (ResultSet row = statement.executeQuery()) {
                return row.getLong(1);
            }
        }
    }
}
