package io.daypass.benchmarks.process;

import io.daypass.embedded.PostgresServer;
import io.daypass.embedded.PostgresVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** A PostgreSQL server as it is delivered, with a database, a group that may read it, and a login for the broker. */
public final class PostgresTarget implements AutoCloseable {
    /** What users become members of. */
    public static final String GROUP = "readonly";

    private static final String DATABASE = "shop";
    private static final String LOGIN = "broker";
    private static final String PASSWORD = "of-the-broker";
    private static final int DROPS = 500;

    private final PostgresServer server;

    private PostgresTarget(PostgresServer server) {
        this.server = server;
    }

    /** Starts one. */
    public static PostgresTarget start(PostgresVersion version, Path directory) throws IOException, SQLException {
        PostgresTarget target = new PostgresTarget(PostgresServer.start(version, directory));
        target.prepare();
        return target;
    }

    /** Where the broker finds it, as a connection's URL. */
    public String url() {
        return "postgresql://{{username}}:{{password}}@127.0.0.1:" + server.port() + "/" + DATABASE;
    }

    /** The broker's login. */
    public String login() {
        return LOGIN;
    }

    /** And its password. */
    public String password() {
        return PASSWORD;
    }

    /** Connections as the broker makes them: its login, simple protocol, each statement its own transaction. */
    public List<Connection> asBroker(int count) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", LOGIN);
        properties.setProperty("password", PASSWORD);
        properties.setProperty("preferQueryMode", "simple");
        List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            connections.add(DriverManager.getConnection(
                    "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + DATABASE, properties));
        }
        return connections;
    }

    /** How many users there are whose names begin so. */
    public long users(String mark) throws SQLException {
        return number("select count(*) from pg_roles where rolname like '" + mark + "%'");
    }

    /** Transactions that were committed in the database so far. */
    public long commits() throws SQLException {
        return number("select xact_commit from pg_stat_database where datname = '" + DATABASE + "'");
    }

    /** Drops all users whose names begin so, whoever made them. */
    public void drop(String mark) throws SQLException {
        try (Connection connection = server.superuser(DATABASE);
                Statement statement = connection.createStatement()) {
            List<String> names = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(
                    "select quote_ident(rolname) from pg_roles where rolname like '" + mark + "%'")) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            for (int from = 0; from < names.size(); from += DROPS) {
                List<String> some = names.subList(from, Math.min(names.size(), from + DROPS));
                statement.execute("drop role " + String.join(", ", some));
            }
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private void prepare() throws SQLException {
        server.run(
                "postgres",
                "create database " + DATABASE,
                "create role " + GROUP + " nologin",
                "create role " + LOGIN + " login createrole password '" + PASSWORD + "'",
                "grant pg_signal_backend to " + LOGIN,
                "grant " + GROUP + " to " + LOGIN + " with admin option");
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = server.superuser(DATABASE);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
