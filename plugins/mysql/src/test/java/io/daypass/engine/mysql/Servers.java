package io.daypass.engine.mysql;

import io.daypass.embedded.MySqlServer;
import io.daypass.embedded.source.MySqlSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One server a source for all tests of this JVM, with a database for the broker in it; they end with it. */
final class Servers {
    private static final Map<MySqlSource, ShopServer> STARTED = new EnumMap<>(MySqlSource.class);
    private static Optional<Path> directory = Optional.empty();

    private Servers() {}

    /** The server of that source; where it can't be had the test is skipped. */
    static synchronized ShopServer of(MySqlSource source) throws IOException {
        ShopServer server = STARTED.get(source);
        if (server == null) {
            server = fresh(source, Map.of());
            STARTED.put(source, server);
        }
        return server;
    }

    /** One more of that source, to be closed by who asked. */
    static synchronized ShopServer fresh(MySqlSource source, Map<String, String> options) throws IOException {
        Path home = Files.createTempDirectory(directory(), source.name().toLowerCase(Locale.ROOT));
        MySqlServer started = source.start(home, options);
        ShopServer server = new ShopServer(started);
        server.prepare();
        return server;
    }

    private static Path directory() throws IOException {
        if (directory.isEmpty()) {
            directory = Optional.of(Files.createTempDirectory("daypass-mysql-it-"));
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
