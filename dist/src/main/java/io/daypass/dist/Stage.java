package io.daypass.dist;

import io.daypass.embedded.PostgresServer;
import io.daypass.embedded.PostgresVersion;
import io.daypass.embedded.Relay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the demo plays on: PostgreSQL, a broker, and a relay between them, in one temporary folder. It is cleared when it
 * is closed, and when the JVM ends, be it by Ctrl-C.
 */
final class Stage implements AutoCloseable {
    /** How long the broker gives a target to make a user. */
    static final Duration MINT_DEADLINE = Duration.ofSeconds(5);

    /** How long after its promised end a lease is ended. */
    static final Duration SLACK = Duration.ofSeconds(2);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Thread atExit = new Thread(this::clear, "demo-clear");
    private final Path directory;
    private final Shop shop;
    private final Relay relay;
    private final BrokerProcess broker;
    private final Api api;

    Stage(Narrator narrator) throws IOException, SQLException {
        Runtime.getRuntime().addShutdownHook(atExit);
        narrator.chapter("The stage");
        directory = Files.createTempDirectory("daypass-demo-");
        opened.push(() -> delete(directory));
        narrator.aside("everything is in " + directory + ", and goes with it");
        long begun = System.nanoTime();
        PostgresServer postgres = PostgresServer.start(PostgresVersion.V18, directory.resolve("postgresql"));
        opened.push(postgres);
        shop = new Shop(postgres, "shop");
        narrator.holds("PostgreSQL 18 is up on 127.0.0.1:" + postgres.port() + " with a table, a group "
                + shop.readers() + " that may read it, and a login " + shop.login() + " that may make users ("
                + since(begun)
                + ")");
        relay = new Relay(postgres.port());
        opened.push(relay);
        begun = System.nanoTime();
        BrokerConfig config = new BrokerConfig(directory, BrokerProcess.freePort())
                .limit("mint_deadline", MINT_DEADLINE.toSeconds() + "s")
                .limit("slack", SLACK.toSeconds() + "s");
        Path file = config.write();
        Api stranger = Api.at(config.address());
        broker = new BrokerProcess(
                Installation.own(), directory.resolve("broker"), stranger, List.of("-config", file.toString()));
        opened.push(broker);
        broker.start();
        narrator.holds(
                "the broker is up on " + config.address() + ", process " + broker.pid() + " (" + since(begun) + ")");
        Answer first = stranger.put("sys/init", Map.of("secret_shares", 1, "secret_threshold", 1))
                .ok();
        api = stranger.as(first.body().path("root_token").asText());
        api.write("sys/mounts/database", Map.of("type", "database")).ok();
        api.write("database/config/shop", shop.connection(relay.port())).ok();
        api.write("database/roles/reader", shop.role("shop", "1h", "24h")).ok();
        narrator.holds("it knows the database \"shop\" and a role \"reader\"");
    }

    /** For whatever else is needed; all of it goes when the stage is cleared. */
    Path directory() {
        return directory;
    }

    /** Brings something more upon the stage, to be closed with it. */
    synchronized <T extends AutoCloseable> T with(T more) {
        opened.push(more);
        return more;
    }

    /** The database. */
    Shop shop() {
        return shop;
    }

    /** Between the broker and PostgreSQL. */
    Relay relay() {
        return relay;
    }

    /** The broker's process. */
    BrokerProcess broker() {
        return broker;
    }

    /** The broker's API, as its first user. */
    Api api() {
        return api;
    }

    @Override
    public void close() {
        clear();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException exiting) {
            // Ctrl-C came meanwhile; the hook finds nothing to clear.
            return;
        }
    }

    private static String since(long begun) {
        return Narrator.time(Duration.ofNanos(System.nanoTime() - begun));
    }

    private synchronized void clear() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception notClosed) {
                System.err.println("while clearing up: " + notClosed.getMessage());
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.deleteIfExists(path);
                } catch (IOException inUse) {
                    throw new UncheckedIOException(inUse);
                }
            });
        }
    }
}
