package io.daypass.benchmarks.bare;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A row that is there, to be written again. */
final class RowShape {
    private final String table;
    private final List<String> columns;
    private final List<@Nullable Object> values;

    private RowShape(String table, List<String> columns, List<@Nullable Object> values) {
        this.table = table;
        this.columns = columns;
        this.values = values;
    }

    /** The row with the highest key of those that match. */
    static RowShape newest(Connection connection, String table, String key, String where) throws SQLException {
        String query = "select * from " + table + " " + where + " order by " + key + " desc limit 1";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            if (!row.next()) {
                throw new SQLException("the store holds no row to copy: " + query);
            }
            ResultSetMetaData meta = row.getMetaData();
            List<String> columns = new ArrayList<>();
            List<@Nullable Object> values = new ArrayList<>();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                columns.add(meta.getColumnName(i));
                values.add(row.getObject(i));
            }
            return new RowShape(table, columns, values);
        }
    }

    /** A statement that takes a whole row. */
    String insert() {
        String marks = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
        return "insert into " + table + "(" + String.join(", ", columns) + ") values (" + marks + ")";
    }

    /** Binds the values of the row that was there. */
    void bind(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
    }

    /** The place of a column in the statement. */
    int at(String column) {
        int index = columns.indexOf(column);
        if (index < 0) {
            throw new IllegalArgumentException(table + " has no column " + column);
        }
        return index + 1;
    }
}
