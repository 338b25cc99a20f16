package io.daypass.benchmarks.bare;

import io.daypass.lease.sqlite.Settings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * How many pairs of a lease row and an outbox row SQLite takes in, durably, in batches, with nothing around it.
 *
 * <p>Schema and rows can't drift from the broker's: the file is a copy of a store that a broker has issued leases into,
 * and what is written is such a lease again, and its event, with a number, a parent and a time of its own. Unlike the
 * broker's file this one has an index on the parent that every insert enters, which is what a store without further
 * thought would do; the parents are as many and as random as the broker's.
 */
public final class BareSqlite implements AutoCloseable {
    /** Pairs in a commit. */
    public static final int BATCH = 64;

    private static final long[] LIVES = {600_000, 3_600_000, 14_400_000, 43_200_000, 86_400_000};

    private final Connection connection;
    private final PreparedStatement lease;
    private final PreparedStatement event;
    private final RowShape leaseShape;
    private final RowShape eventShape;
    private final SplittableRandom random = new SplittableRandom(1);
    private final int parents;
    private long next;

    /**
     * @param store the broker's file, which may be in use
     * @param copy where to put the copy, which must not be there yet
     * @param parents how many rows the leases hang from
     */
    public BareSqlite(Path store, Path copy, int parents) throws SQLException {
        this.parents = parents;
        try (Connection source = DriverManager.getConnection("jdbc:sqlite:" + store);
                PreparedStatement vacuum = source.prepareStatement("vacuum into ?")) {
            vacuum.setString(1, copy.toString());
            vacuum.execute();
        }
        connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
        run(
                "pragma journal_mode = wal",
                "pragma synchronous = full",
                "pragma wal_autocheckpoint = " + Settings.DEFAULT.checkpointPages(),
                "pragma cache_size = -16384",
                "pragma temp_store = memory",
                "create index bare_parent on lease(parent)");
        connection.setAutoCommit(false);
        leaseShape = RowShape.newest(connection, "lease", "n", "where tag is null and state = 1");
        eventShape = RowShape.newest(connection, "outbox", "cursor", "where n = (select max(n) from lease)");
        lease = connection.prepareStatement(leaseShape.insert());
        event = connection.prepareStatement(eventShape.insert());
        next = Math.max(number("select max(n) from lease"), number("select max(cursor) from outbox")) + 1;
    }

    /** Writes for this long and answers pairs in a second. */
    public double rate(Duration time) throws SQLException {
        long start = System.nanoTime();
        long end = start + time.toNanos();
        long pairs = 0;
        while (System.nanoTime() < end) {
            batch();
            pairs += BATCH;
        }
        return pairs / ((System.nanoTime() - start) / 1e9);
    }

    @Override
    public void close() throws SQLException {
        lease.close();
        event.close();
        connection.close();
    }

    private void batch() throws SQLException {
        for (int i = 0; i < BATCH; i++) {
            long now = System.currentTimeMillis();
            long expires = now + LIVES[random.nextInt(LIVES.length)];
            leaseShape.bind(lease);
            lease.setLong(leaseShape.at("n"), next);
            lease.setLong(leaseShape.at("parent"), 1 + random.nextInt(parents));
            lease.setLong(leaseShape.at("issued_at"), now);
            lease.setLong(leaseShape.at("expires_at"), expires);
            lease.setLong(leaseShape.at("due_at"), expires + 2_000);
            lease.addBatch();
            eventShape.bind(event);
            event.setLong(eventShape.at("cursor"), next);
            event.setLong(eventShape.at("at"), now);
            event.setLong(eventShape.at("n"), next);
            event.addBatch();
            next++;
        }
        lease.executeBatch();
        event.executeBatch();
        connection.commit();
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.getLong(1);
        }
    }

    private void run(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }
}
