package io.daypass.engine.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.plugin.EngineException;
import io.daypass.plugin.Refused;
import io.daypass.plugin.Unavailable;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

class SqlStatesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "22012", "23505", "0A000", "2BP01", "2D000", "42501", "42601", "42710", "P0001", "25001", "DP002",
                "DP006"
            })
    void refusals_areRefused(String state) {
        assertInstanceOf(Refused.class, SqlStates.sorted(server(state, "no", null), List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08006", "25006", "28P01", "3D000", "40001", "40P01", "53300", "55P03", "57014", "57P01", "58030",
                "XX000", "25P03", "DP001", "DP003", "DP004", "ZZZZZ"
            })
    void allElse_isUnavailable(String state) {
        assertInstanceOf(Unavailable.class, SqlStates.sorted(server(state, "no", null), List.of()));
    }

    @Test
    void sorted_tellsMessageAndState_withoutDetailAndSecrets() {
        EngineException error =
                SqlStates.sorted(server("42704", "role \"s3cret\" is not", "s3cret detail"), List.of("s3cret"));
        assertEquals("role \"[redacted]\" is not (SQLSTATE 42704)", error.getMessage());
        assertEquals(
                "held: by a table (SQLSTATE 2BP01)",
                SqlStates.whyNotDropped(server("2BP01", "held", "by a table")).getMessage());
    }

    @Test
    void sorted_ofTheDriversOwnErrors_namesNoHost() {
        EngineException refused =
                SqlStates.sorted(new SQLException("Connection to db.internal:5432 refused", "08001"), List.of());
        assertEquals("PostgreSQL can't be reached, or doesn't answer (SQLSTATE 08001)", refused.getMessage());
        assertInstanceOf(Unavailable.class, SqlStates.sorted(new SQLException("x", "42601"), List.of()));
    }

    @Test
    void collisions_areTriedAgain() {
        assertTrue(SqlStates.isCollision(server("XX000", "tuple concurrently updated", null)));
        assertTrue(SqlStates.isCollision(server("XX000", "could not find tuple for role 7", null)));
        assertTrue(SqlStates.isCollision(server("40P01", "deadlock detected", null)));
        assertFalse(SqlStates.isCollision(server("XX000", "something else", null)));
    }

    private static PSQLException server(String state, String message, @Nullable String detail) {
        String fields =
                "SERROR\0C" + state + "\0M" + message + "\0" + (detail == null ? "" : "D" + detail + "\0") + "\0";
        return new PSQLException(new ServerErrorMessage(fields));
    }
}
