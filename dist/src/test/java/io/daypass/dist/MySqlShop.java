package io.daypass.dist;

import io.daypass.embedded.MySqlServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A database with a table in a MySQL or MariaDB server, and a login for the broker that can make users who read it.
 *
 * @param server in which it is
 */
record MySqlShop(MySqlServer server) {
    private static final String LOGIN = "broker";
    private static final String PASSWORD = "password-of-the-broker";

    /** Makes it. */
    static MySqlShop in(MySqlServer server) throws SQLException {
        String admin = server.version().contains("MariaDB") ? "CONNECTION ADMIN" : "CONNECTION_ADMIN";
        server.run(
                "CREATE DATABASE shop",
                "CREATE TABLE shop.goods (name varchar(20) PRIMARY KEY, price int NOT NULL)",
                "INSERT INTO shop.goods VALUES ('apples', 3), ('bread', 5), ('cheese', 11)",
                "CREATE USER '" + LOGIN + "'@'%' IDENTIFIED BY '" + PASSWORD + "'",
                "GRANT CREATE USER, PROCESS, " + admin + " ON *.* TO '" + LOGIN + "'@'%'",
                "GRANT SELECT ON mysql.user TO '" + LOGIN + "'@'%'",
                "GRANT SELECT ON shop.* TO '" + LOGIN + "'@'%' WITH GRANT OPTION");
        return new MySqlShop(server);
    }

    /**
     * What is written to {@code database/config/N}.
     *
     * @param port where the broker reaches the server: the server's own, or a relay's
     */
    Map<String, Object> connection(int port) throws SQLException {
        boolean isMariaDb = server.version().contains("MariaDB");
        return Map.of(
                "plugin_name",
                (isMariaDb ? "mariadb" : "mysql") + "-database-plugin",
                "connection_url",
                "mysql://{{username}}:{{password}}@127.0.0.1:" + port + "/shop"
                        + (isMariaDb ? "?sslMode=DISABLED" : "?sslMode=PREFERRED"),
                "username",
                LOGIN,
                "password",
                PASSWORD,
                "allowed_roles",
                "*");
    }

    /** What is written to {@code database/roles/N}: a role whose users read the table. */
    Map<String, Object> role(String connection, String ttl) {
        return Map.of(
                "db_name",
                connection,
                "default_ttl",
                ttl,
                "max_ttl",
                "24h",
                "creation_statements",
                "CREATE USER '{{name}}'@'%' IDENTIFIED BY '{{password}}'; GRANT SELECT ON shop.* TO '{{name}}'@'%';");
    }

    /** The users that are there now, by name: each a user made by a lease. */
    SortedSet<String> users() throws SQLException {
        SortedSet<String> users = new TreeSet<>();
        try (Connection connection = server.admin();
                Statement query = connection.createStatement();
                ResultSet rows = query.executeQuery("SELECT User FROM mysql.user WHERE User LIKE 'd-%'")) {
            while (rows.next()) {
                users.add(rows.getString(1));
            }
        }
        return users;
    }

    /** How many rows of the table a leased user reads. */
    int read(Answer lease) throws SQLException {
        try (Connection session = login(lease);
                Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM goods")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** Logs a leased user in. */
    Connection login(Answer lease) throws SQLException {
        return server.connect("shop", lease.data("username"), lease.data("password"));
    }

    /** Ends the sessions of the broker, which then has to begin new ones. */
    void endSessionsOfTheBroker() throws SQLException {
        try (Connection connection = server.admin();
                Statement query = connection.createStatement();
                Statement kill = connection.createStatement();
                ResultSet rows = query.executeQuery(
                        "SELECT ID FROM information_schema.PROCESSLIST WHERE USER = '" + LOGIN + "'")) {
            while (rows.next()) {
                kill.execute("KILL " + rows.getLong(1));
            }
        }
    }
}
