package io.daypass.dist;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** A server whose users' passwords are rotated, as the tests of that need to know it. */
interface RotationTarget {
    /** What a statement that changes a password begins with, for a relay to hold. */
    String changing();

    /** Where the server itself listens. */
    int port();

    /** What is written to {@code config/shop}, to reach it at that port. */
    Map<String, Object> connection(int port) throws SQLException;

    /** What is written to {@code roles/reader}. */
    Map<String, Object> role();

    /** Makes a user whose password the broker's login may change. */
    void make(String user) throws SQLException;

    /** Logs in, straight. */
    Connection login(String user, String password) throws SQLException;

    /** Whether a user gets in, straight. */
    default boolean letsIn(String user, String password) {
        try (Connection session = login(user, password)) {
            return session.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    /** PostgreSQL. */
    static RotationTarget of(Shop shop) {
        return new RotationTarget() {
            @Override
            public String changing() {
                return "ALTER ROLE";
            }

            @Override
            public int port() {
                return shop.server().port();
            }

            @Override
            public Map<String, Object> connection(int port) {
                return shop.connection(port);
            }

            @Override
            public Map<String, Object> role() {
                return shop.role("shop", "1h", "24h");
            }

            @Override
            public void make(String user) throws SQLException {
                shop.server()
                        .run(
                                "postgres",
                                "CREATE ROLE " + user + " LOGIN PASSWORD 'old'",
                                "GRANT " + user + " TO " + shop.login() + " WITH ADMIN OPTION");
            }

            @Override
            public Connection login(String user, String password) throws SQLException {
                return shop.server().connect(shop.name(), user, password);
            }
        };
    }

    /** MySQL or MariaDB. */
    static RotationTarget of(MySqlShop shop) {
        return new RotationTarget() {
            @Override
            public String changing() {
                return "ALTER USER";
            }

            @Override
            public int port() {
                return shop.server().port();
            }

            @Override
            public Map<String, Object> connection(int port) throws SQLException {
                return shop.connection(port);
            }

            @Override
            public Map<String, Object> role() {
                return shop.role("shop", "1h");
            }

            @Override
            public void make(String user) throws SQLException {
                shop.server()
                        .run(
                                "CREATE USER '" + user + "'@'%' IDENTIFIED BY 'old'",
                                "GRANT SELECT ON shop.* TO '" + user + "'@'%'");
            }

            @Override
            public Connection login(String user, String password) throws SQLException {
                return shop.server().connect("shop", user, password);
            }
        };
    }
}
