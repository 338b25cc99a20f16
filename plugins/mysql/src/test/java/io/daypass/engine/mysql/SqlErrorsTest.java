package io.daypass.engine.mysql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.plugin.EngineException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlErrorsTest {
    @ParameterizedTest
    @CsvSource({
        "1064, 42000, Refused", // syntax
        "1142, 42000, Refused", // no right to the table
        "1146, 42S02, Refused", // no such table
        "1227, 42000, Refused", // no right
        "1396, HY000, Refused", // such a user is there
        "1470, HY000, Refused", // name too long
        "1819, HY000, Refused", // password too simple
        "1959, OP000, Refused", // no such role
        "1040, 08004, Unavailable", // too many connections
        "1203, 42000, Unavailable", // too many of this user
        "1226, 42000, Unavailable", // too many an hour
        "1045, 28000, Unavailable", // our own login
        "1205, HY000, Unavailable", // lock wait
        "1213, 40001, Unavailable", // deadlock
        "1290, HY000, Unavailable", // read-only
        "1792, 25006, Unavailable", // read-only transaction
        "1927, 70100, Unavailable", // killed
        "1969, 70100, Unavailable", // took too long
        "1021, HY000, Unavailable", // disk full
        "1047, 08S01, Unavailable", // not part of its cluster
        "9999, HY000, Unavailable", // unknown
        "0, 42000, Unavailable", // the driver's own
    })
    void error_isSortedByItsStateAndNumber(int number, String state, String kind) {
        assertEquals(kind, sorted("text", number, state).getClass().getSimpleName());
    }

    @Test
    void error_showsTheServersWords_butNoStatement() {
        String text = text(sorted("Access denied for user 'broker'@'%'", 1227, "42000"));
        assertEquals("Access denied for user 'broker'@'%' (error 1227, SQLSTATE 42000)", text);
        String syntax = text(sorted("You have an error; use near 'BY 'pass' at line 1", 1064, "42000"));
        assertTrue(syntax.startsWith("You have an error; use (the statement is not shown)"), syntax);
        assertFalse(syntax.contains("pass"), syntax);
        assertFalse(text(SqlErrors.sorted(new SQLException("a secret b", "42000", 1227), List.of("secret")))
                .contains("secret"));
    }

    @Test
    void error_ofTheDriver_isNotShown() {
        assertEquals(
                "the server can't be reached, or doesn't answer (SQLSTATE 08S01)",
                text(sorted("Communications link failure to db.internal", 0, "08S01")));
    }

    @Test
    void session_isGoneWithItsConnection_notWithARefusal() {
        assertTrue(SqlErrors.endsSession(new SQLException("x", "08S01", 0)));
        assertTrue(SqlErrors.endsSession(new SQLException("x", "70100", 1927)));
        assertFalse(SqlErrors.endsSession(new SQLException("x", "42000", 1064)));
    }

    private static EngineException sorted(String text, int number, String state) {
        return SqlErrors.sorted(new SQLException(text, state, number), List.of());
    }

    private static String text(EngineException e) {
        return String.valueOf(e.getMessage());
    }
}
