package io.daypass.engine.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.plugin.Secret;
import io.daypass.plugin.database.Creation;
import io.daypass.plugin.database.NewUser;
import io.daypass.plugin.database.User;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqlTest {
    private static final Instant DEADLINE = Instant.parse("2026-11-24T10:00:00.123456789Z");

    @Test
    void values_areQuoted() {
        assertEquals("'it''s \\'", Sql.text("it's \\"));
        assertEquals("\"a\"\"b\"", Sql.name("a\"b"));
        assertEquals("'{\"a\"}'::pg_catalog.name[]", Sql.nameArray(List.of("a")));
        assertEquals("'{\"-3\",\"2\"}'::pg_catalog.int8[]", Sql.keyArray(List.of(2L, -3L)));
        assertEquals("'2026-11-24 10:00:00.123456+00'::pg_catalog.timestamptz", Sql.instant(DEADLINE));
    }

    @Test
    void block_isQuotedByWhatItDoesNotHold() {
        assertEquals("DO $d0$ a $d0$", Sql.block(" a "));
        assertEquals("DO $d2$ $d0$ $d1$ $d2$", Sql.block(" $d0$ $d1$ "));
    }

    @Test
    void mint_isOneMessage_fencedBeforeItCreates() {
        NewUser user = new NewUser(new User("d-1", 7), Secret.of("secret"), DEADLINE.plusSeconds(60));
        Creation creation = new Creation(List.of(Shop.CREATE), List.of("g", "h"), 1);
        String sql = MintSql.of(creation, List.of(user), List.of("SCRAM"), DEADLINE);
        int lock = sql.indexOf("pg_advisory_xact_lock");
        int clock = sql.indexOf("clock_timestamp");
        int create = sql.indexOf("EXECUTE 'CREATE ROLE \"d-1\"");
        int grant = sql.indexOf("GRANT \"g\",\"h\" TO \"d-1\"");
        assertTrue(0 < lock && lock < clock && clock < create && create < grant, sql);
        assertTrue(sql.startsWith("DO $d0$") && sql.endsWith("$d0$; RESET ROLE; RESET ALL"), sql);
        assertFalse(sql.contains("'secret'"), sql);
    }
}
