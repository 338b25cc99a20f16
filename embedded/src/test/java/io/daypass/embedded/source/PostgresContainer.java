package io.daypass.embedded.source;

import io.daypass.embedded.Postgres;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A PostgreSQL server in a container, as its own people build it, on a fixed port of 127.0.0.1. */
public final class PostgresContainer implements Postgres {
    /** The major version: between the oldest and the newest, which tests have without Docker. */
    public static final int VERSION = 16;

    private final PostgreSQLContainer container;
    private final String password;
    private final int port;

    private PostgresContainer(PostgreSQLContainer container, String password, int port) {
        this.container = container;
        this.password = password;
        this.port = port;
    }

    /**
     * Starts one. Where no Docker runs the test is skipped, with a line that says so.
     *
     * @param settings of {@code postgresql.conf}
     * @throws IOException if there is no free port
     */
    public static PostgresContainer start(Map<String, String> settings) throws IOException {
        Missing.skipWithoutDocker("PostgreSQL " + VERSION);
        String password = new BigInteger(130, new SecureRandom()).toString(Character.MAX_RADIX);
        int port = MySqlContainer.freePort();
        PostgreSQLContainer container = new PostgreSQLContainer("postgres:" + VERSION + "-alpine")
                .withUsername(SUPERUSER)
                .withPassword(password)
                .withDatabaseName("postgres");
        Stream<String> options =
                settings.entrySet().stream().flatMap(each -> Stream.of("-c", each.getKey() + "=" + each.getValue()));
        container.setCommand(Stream.concat(Stream.of("postgres"), options).toArray(String[]::new));
        container.setPortBindings(List.of("127.0.0.1:" + port + ":" + PostgreSQLContainer.POSTGRESQL_PORT));
        PostgresContainer server = new PostgresContainer(container, password, port);
        try {
            container.start();
        } catch (RuntimeException notStarted) {
            server.close();
            throw notStarted;
        }
        return server;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String password() {
        return password;
    }

    @Override
    public String logged() {
        return container.getLogs();
    }

    @Override
    public void close() {
        container.close();
    }
}
