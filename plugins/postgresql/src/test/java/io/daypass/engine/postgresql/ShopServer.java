package io.daypass.engine.postgresql;

import io.daypass.embedded.Postgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A server with what an operator makes for the broker in it, and what a test asks it as the superuser. */
record ShopServer(Postgres server) {
    int port() {
        return server.port();
    }

    String log() throws IOException {
        return server.logged();
    }

    Connection connect(String database, String user, String password) throws SQLException {
        return server.connect(database, user, password);
    }

    void execute(String database, String... statements) {
        try {
            server.run(database, statements);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of an answer. */
    List<String> ask(String database, String query) {
        List<String> answers = new ArrayList<>();
        try (Connection connection = server.superuser(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                answers.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return answers;
    }

    /** A database with a table, a role that may read it, and a login with the rights that the manual asks for. */
    void prepare(String database, String broker, String password) {
        execute("postgres", "CREATE DATABASE " + database);
        execute(
                "postgres",
                "CREATE ROLE readonly",
                "CREATE ROLE " + broker + " LOGIN CREATEROLE PASSWORD '" + password + "'",
                "GRANT readonly TO " + broker + " WITH ADMIN OPTION",
                "GRANT pg_signal_backend TO " + broker + " WITH ADMIN OPTION");
        execute(
                database,
                "CREATE SCHEMA shop",
                "CREATE TABLE shop.item (name text)",
                "INSERT INTO shop.item VALUES ('pen')",
                "GRANT USAGE ON SCHEMA shop TO readonly",
                "GRANT SELECT ON ALL TABLES IN SCHEMA shop TO readonly");
    }
}
