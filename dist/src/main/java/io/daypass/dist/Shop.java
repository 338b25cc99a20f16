package io.daypass.dist;

import io.daypass.embedded.PostgresServer;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** A database with a table, a group that may read it, and a login for the broker that can make users, and no more. */
public final class Shop {
    private static final int PASSWORD_BITS = 130;

    private final PostgresServer server;
    private final String name;
    private final String password;

    /**
     * Makes it.
     *
     * @param server where
     * @param name of the database; the group is {@code name_readers}, the broker's login {@code name_broker}
     */
    public Shop(PostgresServer server, String name) throws SQLException {
        this(server, name, new BigInteger(PASSWORD_BITS, new SecureRandom()).toString(Character.MAX_RADIX));
    }

    private Shop(PostgresServer server, String name, String password) throws SQLException {
        this.server = server;
        this.name = name;
        this.password = password;
        server.run(
                "postgres",
                "CREATE DATABASE " + name,
                "CREATE ROLE " + readers() + " NOLOGIN",
                "CREATE ROLE " + login() + " LOGIN CREATEROLE PASSWORD '" + password + "'",
                "GRANT pg_signal_backend TO " + login(),
                "GRANT " + readers() + " TO " + login() + " WITH ADMIN OPTION");
        server.run(
                name,
                "CREATE TABLE goods (name text PRIMARY KEY, price int NOT NULL)",
                "INSERT INTO goods VALUES ('apples', 3), ('bread', 5), ('cheese', 11)",
                "GRANT SELECT ON goods TO " + readers());
    }

    /** Makes one in another server that the broker can't tell from this one by its names and its login. */
    public Shop twin(PostgresServer other) throws SQLException {
        return new Shop(other, name, password);
    }

    /** The database's name. */
    public String name() {
        return name;
    }

    /** The group that may read. */
    public String readers() {
        return name + "_readers";
    }

    /** The broker's login. */
    public String login() {
        return name + "_broker";
    }

    /** The password of the broker's login. */
    public String password() {
        return password;
    }

    /** The server. */
    public PostgresServer server() {
        return server;
    }

    /**
     * What is written to {@code database/config/N}.
     *
     * @param port where the broker reaches the server: the server's own, or a relay's
     */
    public Map<String, Object> connection(int port) {
        return Map.of(
                "plugin_name",
                "postgresql-database-plugin",
                "connection_url",
                "postgresql://{{username}}:{{password}}@127.0.0.1:" + port + "/" + name + "?sslmode=disable",
                "username",
                login(),
                "password",
                password,
                "allowed_roles",
                "*");
    }

    /**
     * What is written to {@code database/roles/N}.
     *
     * @param connection the connection's name
     * @param ttl of its leases
     * @param maxTtl of its leases
     */
    public Map<String, Object> role(String connection, String ttl, String maxTtl) {
        return Map.of(
                "db_name",
                connection,
                "default_ttl",
                ttl,
                "max_ttl",
                maxTtl,
                "creation_statements",
                "CREATE ROLE \"{{name}}\" LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}' IN ROLE "
                        + readers());
    }

    /** The users of that group that are there now, by name: each a user made by a lease. */
    public SortedSet<String> users() throws SQLException {
        SortedSet<String> users = new TreeSet<>();
        try (Connection connection = server.superuser(name);
                PreparedStatement query = connection.prepareStatement("SELECT member.rolname FROM pg_auth_members m"
                        + " JOIN pg_roles member ON member.oid = m.member JOIN pg_roles g ON g.oid = m.roleid"
                        + " WHERE g.rolname = ? AND member.rolname LIKE 'd-%'")) {
            query.setString(1, readers());
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    users.add(rows.getString(1));
                }
            }
        }
        return users;
    }

    /** Whether PostgreSQL knows that user. */
    public boolean knows(String user) throws SQLException {
        return validUntil(user).isPresent();
    }

    /** Until when PostgreSQL lets the user log in; empty if there is no such user. */
    public Optional<Instant> validUntil(String user) throws SQLException {
        try (Connection connection = server.superuser(name);
                PreparedStatement query = connection.prepareStatement(
                        "SELECT extract(epoch FROM rolvaliduntil) FROM pg_roles WHERE rolname = ?")) {
            query.setString(1, user);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next()
                        ? Optional.of(Instant.ofEpochMilli((long) (rows.getDouble(1) * 1000)))
                        : Optional.empty();
            }
        }
    }

    /** Logs a leased user in. */
    public Connection login(Answer lease) throws SQLException {
        return server.connect(name, lease.data("username"), lease.data("password"));
    }

    /** How many rows of the table a session reads. */
    public static int read(Connection session) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM goods")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
