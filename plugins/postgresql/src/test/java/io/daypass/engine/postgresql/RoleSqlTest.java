package io.daypass.engine.postgresql;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.plugin.Invalid;
import io.daypass.plugin.database.Creation;
import io.daypass.plugin.database.Removal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoleSqlTest {
    private static final Removal NONE = new Removal(List.of(), false, "");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE ROLE \"{{name}}\" LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}'",
                "CREATE ROLE \"{{username}}\"; GRANT a TO \"{{name}}\";",
                "-- COMMIT here\nCREATE ROLE \"{{name}}\" /* and /* ROLLBACK */ there */",
                "SELECT 'COMMIT; BEGIN'; SELECT $$ COMMIT $$; SELECT $x$ ; COMMIT; $$ $x$",
                "SELECT E'it\\'s; COMMIT'",
                "SET LOCAL search_path = shop; CREATE ROLE \"{{name}}\"",
                "set local role x; SELECT a$b$c, $1, 'x''; COMMIT'",
                "DO $$ BEGIN EXECUTE format('CREATE ROLE %I', '{{name}}'); END $$",
                "SELECT U&\"d!0061t\" UESCAPE '!', B'01', '{{1,2}}'",
                "COPY t FROM STDIN"
            })
    void check_passesWhatMayRun(String sql) {
        assertDoesNotThrow(() -> RoleSql.check("creation_statements", List.of(sql)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COMMIT",
                "CREATE ROLE \"{{name}}\"; commit",
                "/* c */ Rollback",
                "BEGIN; SELECT 1",
                "START TRANSACTION",
                "SAVEPOINT a",
                "PREPARE TRANSACTION 'x'",
                "SET search_path = x",
                "SET ROLE x",
                "SET SESSION work_mem = 1",
                "RESET ALL",
                "DISCARD ALL",
                "COPY t TO PROGRAM 'sh'",
                "SELECT 'a",
                "SELECT \"a",
                "SELECT $x$ a $y$",
                "/* /* */",
                "CREATE ROLE {{name}}",
                "CREATE ROLE \"x\" PASSWORD {{password}}",
                "CREATE ROLE \"{{nmae}}\"",
                "SELECT E'a'\n 'b\\'';COMMIT;--'",
                "SELECT E'a' -- c\n 'b\\'';COMMIT;--'"
            })
    void check_refusesWhatMustNot(String sql) {
        Invalid thrown = assertThrows(Invalid.class, () -> RoleSql.check("creation_statements", List.of(sql)));
        assertEquals("creation_statements", thrown.field());
    }

    @Test
    void filled_replacesInOnePass() {
        String sql = RoleSql.filled(
                List.of("a '{{name}}'", "b '{{password}}' '{{expiration}}' '{{other}}'"),
                Map.of("name", "{{password}}", "password", "$1\\x", "expiration", "soon"));
        assertEquals("a '{{password}}'\n;\nb '$1\\x' 'soon' '{{other}}'", sql);
    }

    @Test
    void onlyMakesRoles_tellsWhoCanRunIt() {
        assertTrue(RoleSql.onlyMakesRoles(List.of("CREATE ROLE \"{{name}}\" LOGIN PASSWORD '{{password}}';")));
        assertTrue(RoleSql.onlyMakesRoles(List.of("create user \"{{name}}\"", "ALTER ROLE \"{{name}}\" SET x = 1")));
        assertFalse(RoleSql.onlyMakesRoles(List.of("CREATE ROLE \"{{name}}\" IN ROLE readonly")));
        assertFalse(RoleSql.onlyMakesRoles(List.of("CREATE ROLE \"{{name}}\"; GRANT readonly TO \"{{name}}\"")));
    }

    @Test
    void check_ofARole_warnsOfWhatWillNotGoWell() {
        PostgresConnector connector = new PostgresConnector();
        Creation all = new Creation(
                List.of("CREATE ROLE \"{{name}}\"; GRANT SELECT ON ALL TABLES IN SCHEMA s TO \"{{name}}\""),
                List.of(),
                4096);
        assertEquals(2, connector.check(all, List.of(), NONE).size());
        Creation nobody = new Creation(List.of("SELECT 1"), List.of(), 4096);
        assertThrows(Invalid.class, () -> connector.check(nobody, List.of(), NONE));
        Creation good = new Creation(List.of(Shop.CREATE), List.of(), 4096);
        assertEquals(List.of(), connector.check(good, List.of(), NONE));
        assertThrows(Invalid.class, () -> connector.check(good, List.of("COMMIT"), NONE));
        Removal bad = new Removal(List.of("COMMIT"), false, "");
        assertThrows(Invalid.class, () -> connector.check(good, List.of(), bad));
    }
}
