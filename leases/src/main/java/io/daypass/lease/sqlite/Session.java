package io.daypass.lease.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A connection with the statements that were prepared on it. Used by one thread at a time. A statement has one result
 * at a time, so results are read whole before anything else is asked.
 */
final class Session implements AutoCloseable {
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    Session(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
    }

    /** The prepared statement of that text. Texts must be few: they are kept for good. */
    PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement known = statements.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            statements.put(sql, known);
        }
        return known;
    }

    /** Prepares a statement and binds these values: {@code null}, Long, Integer, String or byte[]. */
    PreparedStatement bound(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = prepared(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    /** Runs a change and tells how many rows it met. */
    int update(String sql, @Nullable Object... values) throws SQLException {
        return bound(sql, values).executeUpdate();
    }

    /** All rows. */
    <T> List<T> all(Reading<T> reading, String sql, @Nullable Object... values) throws SQLException {
        List<T> all = new ArrayList<>();
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            while (rows.next()) {
                all.add(reading.read(rows));
            }
        }
        return all;
    }

    /** The first row. */
    <T> Optional<T> first(Reading<T> reading, String sql, @Nullable Object... values) throws SQLException {
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            return rows.next() ? Optional.of(reading.read(rows)) : Optional.empty();
        }
    }

    /** The number in the first column of the first row; empty if there is no row, or NULL. */
    OptionalLong number(String sql, @Nullable Object... values) throws SQLException {
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            if (!rows.next()) {
                return OptionalLong.empty();
            }
            long number = rows.getLong(1);
            return rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
        }
    }

    /** Runs statements without values, such as a schema. */
    void run(List<String> sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String each : sql) {
                statement.execute(each);
            }
        }
    }

    void commit() throws SQLException {
        connection.commit();
    }

    void rollback() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.clearBatch();
        }
        try {
            connection.rollback();
        } catch (SQLException e) {
            // When a disk is full, SQLite rolls back by itself; the driver then has no transaction and begins none.
            beginAnew(e);
        }
    }

    private void beginAnew(SQLException failure) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("begin");
        } catch (SQLException e) {
            failure.addSuppressed(e);
            throw failure;
        }
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.close();
        }
        connection.close();
    }

    /** Makes something of the row that a result stands at. */
    @FunctionalInterface
    interface Reading<T> {
        T read(ResultSet row) throws SQLException;
    }
}
