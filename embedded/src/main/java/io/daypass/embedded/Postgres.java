package io.daypass.embedded;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.postgresql.Driver;

/** A PostgreSQL server that runs on a port of 127.0.0.1, wherever it comes from. */
public interface Postgres extends AutoCloseable {
    /** The superuser's name. */
    String SUPERUSER = "postgres";

    /** The port it listens on, at 127.0.0.1. */
    int port();

    /** The superuser's password. */
    String password();

    /** What it has logged so far. */
    String logged() throws IOException;

    /** Stops it for good. */
    @Override
    void close();

    /** Logs the superuser in to a database: {@code postgres} is always there. */
    default Connection superuser(String database) throws SQLException {
        return connect(database, SUPERUSER, password());
    }

    /**
     * Logs a user in.
     *
     * @param database which database
     * @param user as whom
     * @param secret the user's password
     * @throws SQLException what the server, or the driver, says
     */
    default Connection connect(String database, String user, String secret) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", secret);
        properties.setProperty("connectTimeout", "5");
        // Not by DriverManager, which forgets the driver where a plugin that uses it has been loaded beside.
        Connection connection =
                new Driver().connect("jdbc:postgresql://127.0.0.1:" + port() + "/" + database, properties);
        if (connection == null) {
            throw new SQLException("the driver doesn't know its own URL");
        }
        return connection;
    }

    /**
     * Runs statements as the superuser.
     *
     * @param database in which database
     * @param statements each run by itself, in order
     */
    default void run(String database, String... statements) throws SQLException {
        try (Connection connection = superuser(database);
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }
}
