package io.daypass.benchmarks.process;

import io.daypass.embedded.MariaDbBinaries;
import io.daypass.embedded.MariaDbServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The system's MariaDB as it is delivered, with a database, and a login for the broker. */
public final class MariaDbTarget implements AutoCloseable {
    private static final String DATABASE = "shop";
    private static final String LOGIN = "broker";
    private static final String PASSWORD = "of-the-broker";
    private static final int DROPS = 100;
    /** What a session of the broker's reads SQL by. */
    private static final String SQL_MODE =
            "SET SESSION sql_mode = 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION,NO_AUTO_CREATE_USER'";

    private final MariaDbServer server;

    private MariaDbTarget(MariaDbServer server) {
        this.server = server;
    }

    /**
     * Starts one.
     *
     * @throws IllegalStateException if there is none on this machine
     */
    public static MariaDbTarget start(Path directory) throws IOException, SQLException {
        MariaDbBinaries binaries = MariaDbBinaries.installed()
                .orElseThrow(() -> new IllegalStateException(
                        "there is no mariadbd with mariadb-install-db here; Debian's package is mariadb-server"));
        MariaDbTarget target = new MariaDbTarget(MariaDbServer.start(binaries, directory, Map.of()));
        target.prepare();
        return target;
    }

    /** Where the broker finds it, as a connection's URL. */
    public String url() {
        return "mysql://{{username}}:{{password}}@127.0.0.1:" + server.port() + "/" + DATABASE + "?sslMode=DISABLED";
    }

    /** The broker's login. */
    public String login() {
        return LOGIN;
    }

    /** And its password. */
    public String password() {
        return PASSWORD;
    }

    /** What it says it is, for a note. */
    public String version() throws SQLException {
        return "MariaDB " + server.version().replaceFirst("-.*", "");
    }

    /** Connections as the broker makes them, as its login. */
    public List<Connection> asBroker(int count) throws SQLException {
        List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Connection connection = server.connect(DATABASE, LOGIN, PASSWORD);
            try (Statement statement = connection.createStatement()) {
                statement.execute(SQL_MODE);
            }
            connections.add(connection);
        }
        return connections;
    }

    /** How many users there are whose names begin so. */
    public long users(String mark) throws SQLException {
        return Long.parseLong(server.ask("SELECT COUNT(*) FROM mysql.user WHERE User LIKE '" + mark + "%'"));
    }

    /** How many statements that create users there were so far. */
    public long creations() throws SQLException {
        try (Connection connection = server.admin();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Com_create_user'")) {
            row.next();
            return row.getLong(2);
        }
    }

    /** Drops all users whose names begin so, whoever made them. */
    public void drop(String mark) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Connection connection = server.admin();
                Statement statement = connection.createStatement()) {
            try (ResultSet rows =
                    statement.executeQuery("SELECT User FROM mysql.user WHERE User LIKE '" + mark + "%'")) {
                while (rows.next()) {
                    names.add("'" + rows.getString(1) + "'@'%'");
                }
            }
            for (int from = 0; from < names.size(); from += DROPS) {
                List<String> some = names.subList(from, Math.min(names.size(), from + DROPS));
                statement.execute("DROP USER " + String.join(", ", some));
            }
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private void prepare() throws SQLException {
        server.run(
                "CREATE DATABASE " + DATABASE,
                "CREATE TABLE " + DATABASE + ".goods (name varchar(20))",
                "CREATE USER '" + LOGIN + "'@'%' IDENTIFIED BY '" + PASSWORD + "'",
                "GRANT CREATE USER, PROCESS, CONNECTION ADMIN ON *.* TO '" + LOGIN + "'@'%'",
                "GRANT SELECT ON mysql.user TO '" + LOGIN + "'@'%'",
                "GRANT SELECT ON " + DATABASE + ".* TO '" + LOGIN + "'@'%' WITH GRANT OPTION");
    }
}
