package io.daypass.engine.mysql;

import io.daypass.embedded.MySqlServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A server with what an operator makes for the broker in it, and what a test asks it as the one who may do all. */
record ShopServer(MySqlServer server) implements AutoCloseable {
    static final String DATABASE = "shop";
    static final String BROKER = "broker";
    static final String BROKER_PASSWORD = "password-of-the-broker";

    int port() {
        return server.port();
    }

    boolean isMariaDb() {
        return ask("SELECT VERSION()").get(0).contains("MariaDB");
    }

    Connection connect(String user, String password) throws SQLException {
        return server.connect("", user, password);
    }

    void execute(String... statements) {
        try {
            server.run(statements);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of an answer. */
    List<String> ask(String query) {
        List<String> answers = new ArrayList<>();
        try (Connection connection = server.admin();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                answers.add(String.valueOf(rows.getString(1)));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return answers;
    }

    /** A database with a table, a role that may read it, and a login with the rights that the manual asks for. */
    void prepare() {
        String admin = isMariaDb() ? "CONNECTION ADMIN" : "CONNECTION_ADMIN";
        execute(
                "CREATE DATABASE " + DATABASE,
                "CREATE TABLE shop.item (name varchar(20))",
                "INSERT INTO shop.item VALUES ('pen')",
                "CREATE ROLE readonly",
                "GRANT SELECT ON shop.* TO readonly",
                "CREATE USER 'broker'@'%' IDENTIFIED BY '" + BROKER_PASSWORD + "'",
                "GRANT CREATE USER, PROCESS, " + admin + " ON *.* TO 'broker'@'%'",
                "GRANT SELECT ON mysql.user TO 'broker'@'%'",
                "GRANT SELECT ON shop.* TO 'broker'@'%' WITH GRANT OPTION",
                "GRANT readonly TO 'broker'@'%' WITH ADMIN OPTION");
    }

    @Override
    public void close() {
        server.close();
    }
}
