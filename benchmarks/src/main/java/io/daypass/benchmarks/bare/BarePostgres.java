package io.daypass.benchmarks.bare;

import io.daypass.engine.postgresql.MintMessage;
import io.daypass.plugin.Secret;
import io.daypass.plugin.database.Creation;
import io.daypass.plugin.database.NewUser;
import io.daypass.plugin.database.User;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How many users a second PostgreSQL makes for JDBC and nothing else: the broker's statement with its fence, its
 * verifiers computed for every user, as many connections, lists as long as the broker's own were.
 */
public final class BarePostgres implements AutoCloseable {
    private static final String MARK = "bare-";
    private static final Duration FENCE = Duration.ofSeconds(10);
    private static final Duration LIFE = Duration.ofHours(1);

    private final List<Connection> connections;
    private final ExecutorService threads;
    private final Creation creation;

    /** @param connections logged in as the broker is; closed with this */
    public BarePostgres(List<Connection> connections, Creation creation) {
        this.connections = List.copyOf(connections);
        this.threads = Executors.newFixedThreadPool(connections.size());
        this.creation = creation;
    }

    /**
     * Makes users for this long.
     *
     * @param list how many in a message
     * @return users in a second
     */
    public double rate(Duration time, int list) throws Exception {
        long start = System.nanoTime();
        long end = start + time.toNanos();
        List<Callable<Long>> loops = new ArrayList<>();
        for (Connection connection : connections) {
            loops.add(() -> loop(connection, list, end));
        }
        long users = 0;
        for (Future<Long> each : threads.invokeAll(loops)) {
            users += each.get();
        }
        return users / ((System.nanoTime() - start) / 1e9);
    }

    @Override
    public void close() throws SQLException {
        threads.shutdown();
        for (Connection connection : connections) {
            connection.close();
        }
    }

    private long loop(Connection connection, int list, long end) throws SQLException {
        SplittableRandom random = new SplittableRandom();
        long made = 0;
        while (System.nanoTime() < end) {
            List<NewUser> users = new ArrayList<>();
            for (int i = 0; i < list; i++) {
                users.add(user(random));
            }
            String sql = MintMessage.of(
                    creation,
                    users,
                    bytes -> bytes(random, bytes),
                    Instant.now().plus(FENCE));
            try (Statement statement = connection.createStatement()) {
                statement.setEscapeProcessing(false);
                statement.execute(sql);
            }
            made += list;
        }
        return made;
    }

    private static NewUser user(SplittableRandom random) {
        String name = MARK + Long.toString(random.nextLong() & Long.MAX_VALUE, Character.MAX_RADIX);
        String password = Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
        return new NewUser(
                new User(name, random.nextLong()),
                Secret.of(password),
                Instant.now().plus(LIFE));
    }

    private static byte[] bytes(SplittableRandom random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
