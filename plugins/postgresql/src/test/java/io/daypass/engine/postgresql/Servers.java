package io.daypass.engine.postgresql;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** One server a version for all tests of this JVM, with a database for the broker in it; they end with the JVM. */
final class Servers {
    static final String DATABASE = "shop";
    static final String BROKER = "broker";
    static final String BROKER_PASSWORD = "password-of-the-broker";

    private static final Map<Integer, PostgresServer> STARTED = new HashMap<>();

    private Servers() {}

    /** The server of that major version; the test is skipped where it can't be had. */
    static synchronized PostgresServer of(int version) throws IOException {
        assumeTrue(PostgresServer.canStart(version), () -> "there is no PostgreSQL " + version + " here");
        PostgresServer server = STARTED.get(version);
        if (server == null) {
            server = PostgresServer.start(version);
            server.prepare(DATABASE, BROKER, BROKER_PASSWORD);
            STARTED.put(version, server);
        }
        return server;
    }
}
