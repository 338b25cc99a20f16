package io.daypass.embedded;

import com.mysql.cj.jdbc.Driver;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** A real server that speaks MySQL's protocol, wherever it comes from, on a port that stays the same when it restarts. */
public interface MySqlServer extends AutoCloseable {
    /** The name of the account that may do everything, from any host. */
    String ADMIN = "root";

    /** Where it listens: an address or a name. */
    String host();

    /** The port it listens on. */
    int port();

    /** The password of {@link #ADMIN}. */
    String password();

    /** Ends it as a crash would; {@link #restart} recovers it. */
    void kill();

    /** Stops it in order; {@link #restart} starts it again. */
    void stop();

    /** Has it do nothing from now on, with all of its connections open, until {@link #resume}. */
    void pause();

    /** Has it go on after {@link #pause}. */
    void resume();

    /** Starts it again: same port, same data, same options. What was set while it ran is forgotten. */
    void restart() throws IOException;

    /** Stops it for good and deletes its data. */
    @Override
    void close();

    /** Logs {@link #ADMIN} in. */
    default Connection admin() throws SQLException {
        return connect("", ADMIN, password());
    }

    /**
     * Logs a user in.
     *
     * @param database which database; empty: none
     * @param user as whom
     * @param secret the user's password
     * @throws SQLException what the server, or the driver, says
     */
    default Connection connect(String database, String user, String secret) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", secret);
        properties.setProperty("connectTimeout", "5000");
        // MySQL 8 gives its key for a password to who asks, where there is no TLS.
        properties.setProperty("allowPublicKeyRetrieval", "true");
        // Not by DriverManager, which forgets the driver where a plugin that uses it has been loaded beside.
        Connection connection =
                new Driver().connect("jdbc:mysql://" + host() + ":" + port() + "/" + database, properties);
        if (connection == null) {
            throw new SQLException("the driver doesn't know its own URL");
        }
        return connection;
    }

    /** Runs statements as {@link #ADMIN}, each by itself, in order. */
    default void run(String... statements) throws SQLException {
        try (Connection connection = admin();
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    /**
     * Asks a question as {@link #ADMIN}.
     *
     * @return the first column of the first row, as text; empty if there is no row, or it is NULL
     */
    default String ask(String query) throws SQLException {
        try (Connection connection = admin();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            String answer = result.next() ? result.getString(1) : null;
            return answer == null ? "" : answer;
        }
    }

    /** What it says it is: {@code 10.11.19-MariaDB-0+deb12u1}. */
    default String version() throws SQLException {
        return ask("SELECT VERSION()");
    }
}
