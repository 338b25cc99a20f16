package io.daypass.testkit;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Every cell of a database: rows, entries, the outbox, whatever there is. */
final class Stored {
    private Stored() {}

    /** All cells as texts, a byte a character where they are no text. */
    static List<String> cells(Connection database) throws SQLException {
        List<String> cells = new ArrayList<>();
        for (String table : read(database, "SELECT name FROM sqlite_master WHERE type = 'table'")) {
            cells.addAll(read(database, "SELECT * FROM \"" + table + "\""));
        }
        return cells;
    }

    private static List<String> read(Connection database, String query) throws SQLException {
        List<String> cells = new ArrayList<>();
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                for (int i = 1; i <= columns; i++) {
                    cells.add(
                            rows.getObject(i) instanceof byte[] bytes
                                    ? new String(bytes, StandardCharsets.ISO_8859_1)
                                    : String.valueOf(rows.getString(i)));
                }
            }
        }
        return cells;
    }
}
