package io.daypass.benchmarks.bare;

import io.daypass.engine.mysql.MintMessages;
import io.daypass.plugin.Secret;
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
import java.util.stream.Collectors;

/**
 * How many users a second MariaDB makes and drops for JDBC and nothing else. They are made by the broker's statements with
 * its fence, in lists as long as the broker's own; dropped by nothing but lists of DROP USER.
 */
public final class BareMariaDb implements AutoCloseable {
    /** What the names of its users begin with. */
    public static final String MARK = "bare-";

    private static final Duration LIFE = Duration.ofHours(1);

    private final List<Connection> connections;
    private final ExecutorService threads;

    /** @param connections logged in as the broker is; closed with this */
    public BareMariaDb(List<Connection> connections) {
        this.connections = List.copyOf(connections);
        this.threads = Executors.newFixedThreadPool(connections.size());
    }

    /**
     * Makes users for this long.
     *
     * @param creation the role's statements
     * @param list how many at once
     * @return users in a second
     */
    public double rate(List<String> creation, Duration time, int list) throws Exception {
        long start = System.nanoTime();
        long end = start + time.toNanos();
        List<Callable<Long>> loops = new ArrayList<>();
        for (Connection connection : connections) {
            loops.add(() -> {
                long made = 0;
                while (System.nanoTime() < end) {
                    made += make(connection, creation, list).size();
                }
                return made;
            });
        }
        return sum(loops) / ((System.nanoTime() - start) / 1e9);
    }

    /**
     * Makes users and then drops them, which alone is measured.
     *
     * @param users how many
     * @param list how many at once
     * @return users dropped in a second
     */
    public double drops(List<String> creation, int users, int list) throws Exception {
        List<List<String>> lists = new ArrayList<>();
        for (int made = 0; made < users; made += list) {
            lists.add(make(connections.get(0), creation, Math.min(list, users - made)));
        }
        List<Callable<Long>> loops = new ArrayList<>();
        for (int i = 0; i < connections.size(); i++) {
            int first = i;
            loops.add(() -> {
                long dropped = 0;
                for (int at = first; at < lists.size(); at += connections.size()) {
                    dropped += drop(connections.get(first), lists.get(at));
                }
                return dropped;
            });
        }
        long start = System.nanoTime();
        return sum(loops) / ((System.nanoTime() - start) / 1e9);
    }

    @Override
    public void close() throws SQLException {
        threads.shutdown();
        for (Connection connection : connections) {
            connection.close();
        }
    }

    private double sum(List<Callable<Long>> loops) throws Exception {
        long users = 0;
        for (Future<Long> each : threads.invokeAll(loops)) {
            users += each.get();
        }
        return users;
    }

    private static List<String> make(Connection connection, List<String> creation, int list) throws SQLException {
        SplittableRandom random = new SplittableRandom();
        List<NewUser> users = new ArrayList<>();
        for (int i = 0; i < list; i++) {
            users.add(user(random));
        }
        for (String message : MintMessages.of(creation, users)) {
            run(connection, message);
        }
        return users.stream().map(each -> each.user().name()).toList();
    }

    private static int drop(Connection connection, List<String> names) throws SQLException {
        run(
                connection,
                names.stream().map(name -> "'" + name + "'@'%'").collect(Collectors.joining(", ", "DROP USER ", "")));
        return names.size();
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    private static NewUser user(SplittableRandom random) {
        String name = MARK + Long.toString(random.nextLong() & Long.MAX_VALUE, Character.MAX_RADIX);
        String password = Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
        return new NewUser(
                new User(name, random.nextLong()),
                Secret.of(password),
                Instant.now().plus(LIFE));
    }
}
