package io.daypass.dist;

import io.daypass.embedded.PostgresBinaries;
import io.daypass.embedded.PostgresServer;
import io.daypass.embedded.PostgresVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * What is dear to start and safe to share: one PostgreSQL a version, one broker. Tests that take a {@code World} as
 * parameter get the same one; it is closed when the last test is over.
 */
final class World implements AutoCloseable {
    private final Path directory;
    private final Map<PostgresVersion, PostgresServer> servers = new EnumMap<>(PostgresVersion.class);
    private @Nullable RunningBroker broker;
    private int numbered;

    private World() throws IOException {
        directory = Files.createTempDirectory("daypass-it-");
    }

    /** The server of a version. Each test makes a database of its own in it. */
    synchronized PostgresServer postgres(PostgresVersion version) throws IOException {
        PostgresServer server = servers.get(version);
        if (server == null) {
            Path home = directory.resolve("postgresql-" + version.major());
            server = PostgresServer.start(
                    PostgresBinaries.unpack(version, home.resolve("programs")),
                    home.resolve("server"),
                    Map.of("fsync", "off", "max_connections", "300"));
            servers.put(version, server);
        }
        return server;
    }

    /** A database of its own, in the newest version. */
    Shop shop() throws IOException, SQLException {
        return shop(PostgresVersion.V18);
    }

    /** A database of its own. */
    synchronized Shop shop(PostgresVersion version) throws IOException, SQLException {
        numbered++;
        return new Shop(postgres(version), "shop" + numbered);
    }

    /** The broker that all may use who leave it as it was: each makes a mount of its own in it. */
    synchronized RunningBroker broker() throws IOException {
        if (broker == null) {
            broker = RunningBroker.start(directory.resolve("broker"), Limits::quick);
        }
        return broker;
    }

    /** A broker that the caller may kill, and must close. */
    RunningBroker newBroker(UnaryOperator<BrokerConfig> configured) throws IOException {
        return RunningBroker.start(newDirectory(), configured);
    }

    /** A directory that nobody else uses. */
    synchronized Path newDirectory() throws IOException {
        numbered++;
        return Files.createDirectory(directory.resolve("own" + numbered));
    }

    @Override
    public synchronized void close() throws IOException {
        try {
            if (broker != null) {
                broker.close();
            }
        } finally {
            servers.values().forEach(PostgresServer::close);
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** Limits that make tests short. */
    static final class Limits {
        /** How long a target has to make a user. */
        static final int MINT_DEADLINE_SECONDS = 3;

        private Limits() {}

        static BrokerConfig quick(BrokerConfig config) {
            return config.limit("mint_deadline", MINT_DEADLINE_SECONDS + "s")
                    .limit("margin", "2s")
                    .limit("slack", "1s");
        }
    }

    /** Hands the one world to whoever takes it as a parameter. */
    static final class Extension implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == World.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(World.class))
                    .getOrComputeIfAbsent(World.class, Extension::make, World.class);
        }

        private static World make(Class<World> type) {
            try {
                return new World();
            } catch (IOException noFolder) {
                throw new IllegalStateException("no folder for a " + type.getSimpleName(), noFolder);
            }
        }
    }
}
