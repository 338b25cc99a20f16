package io.daypass.engine.postgresql;

import io.daypass.embedded.Postgres;
import io.daypass.embedded.PostgresBinaries;
import io.daypass.embedded.PostgresServer;
import io.daypass.embedded.PostgresVersion;
import io.daypass.embedded.source.PostgresContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One server a version for all tests of this JVM, with a database for the broker in it; they end with it. */
final class Servers {
    static final String DATABASE = "shop";
    static final String BROKER = "broker";
    static final String BROKER_PASSWORD = "password-of-the-broker";

    private static final Map<Integer, ShopServer> STARTED = new HashMap<>();
    private static Optional<Path> directory = Optional.empty();

    private Servers() {}

    /**
     * The server of that major version: 14 and 18 come with the build, what is between in a container. Where no Docker
     * runs, the test is skipped.
     */
    static synchronized ShopServer of(int version) throws IOException {
        ShopServer server = STARTED.get(version);
        if (server == null) {
            Map<String, String> settings = Map.of("log_statement", "all", "lc_messages", "C");
            server = new ShopServer(
                    version == PostgresContainer.VERSION
                            ? PostgresContainer.start(settings)
                            : unpacked(PostgresVersion.valueOf("V" + version), settings));
            server.prepare(DATABASE, BROKER, BROKER_PASSWORD);
            STARTED.put(version, server);
        }
        return server;
    }

    private static Postgres unpacked(PostgresVersion version, Map<String, String> settings) throws IOException {
        Path home = directory().resolve(version.name());
        PostgresBinaries binaries = PostgresBinaries.unpack(version, home.resolve("programs"));
        return PostgresServer.start(binaries, home.resolve("server"), settings);
    }

    private static Path directory() throws IOException {
        if (directory.isEmpty()) {
            directory = Optional.of(Files.createTempDirectory("daypass-postgresql-it-"));
            Runtime.getRuntime().addShutdownHook(new Thread(Servers::end, "servers-end"));
        }
        return directory.orElseThrow();
    }

    private static synchronized void end() {
        STARTED.values().forEach(each -> each.server().close());
        directory.ifPresent(Servers::delete);
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new IllegalStateException("something is left in " + directory, e);
        }
    }
}
