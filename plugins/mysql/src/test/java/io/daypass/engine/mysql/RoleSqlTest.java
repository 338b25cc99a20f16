package io.daypass.engine.mysql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.plugin.Invalid;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoleSqlTest {
    @Test
    void statements_endAtSemicolons_butNotInStringsNamesAndComments() {
        RoleSql sql = RoleSql.checked("f", List.of("""
                SELECT 'a;''b\\';', "c;\\"d", `e;``f`, 5--3 /* ; */; -- ;
                # ; '
                GRANT SELECT ON *.* TO x;; --""", "SELECT 2"));
        assertEquals(3, sql.statements().size());
        assertEquals("GRANT", sql.statements().get(1).word(0));
    }

    @Test
    void hosts_areWhatStandsBehindTheName() {
        assertEquals(
                List.of("%", "10.0.0.1", "localhost", "h-1", "db.example.com"),
                RoleSql.checked(
                                "f",
                                List.of(
                                        "CREATE USER '{{name}}'; GRANT x TO '{{username}}'@'%'",
                                        "CREATE USER `{{name}}`@10.0.0.1 IDENTIFIED BY 'x', \"{{name}}\" @ localhost",
                                        "CREATE USER '{{name}}'@`h-1`, '{{name}}'@db.example.com REQUIRE SSL"))
                        .hosts());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELIMITER //",
                "COMMIT",
                " /* x */ commit",
                "START TRANSACTION",
                "BEGIN NOT ATOMIC SELECT 1",
                "SET sql_mode = ''",
                "SET @x = 1",
                "SET GLOBAL read_only = ON",
                "SET ROLE x",
                "USE mysql",
                "PREPARE x FROM 'y'",
                "LOCK TABLES x READ",
                "SELECT RELEASE_LOCK('x')",
                "DO release_all_locks()",
                "SELECT 1 INTO OUTFILE '/tmp/x'",
                "SELECT 1 INTO DUMPFILE '/tmp/x'",
                "LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE x",
                "CREATE DEFINER=x PROCEDURE p() BEGIN END",
                "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO DROP TABLE x",
                "CREATE OR REPLACE USER '{{name}}'@'%'",
                "CREATE ROLE '{{name}}'",
                "RENAME USER '{{name}}'@'%' TO x",
                "SHUTDOWN",
                "CREATE USER {{name}}",
                "CREATE USER '{{name}}'@'{{username}}'",
                "CREATE USER '{{name}}'@'%' COMMENT '{{lease}}'",
                "SELECT 'x",
                "SELECT 'x\\'",
                "SELECT `x",
                "SELECT /* x",
                "/*!50000 COMMIT */",
                "SELECT 1 /*M!100000 + 1 */",
                "SELECT '\0'",
            })
    void sql_thatMustNotRun_isInvalid(String sql) {
        assertEquals(
                "f",
                assertThrows(Invalid.class, () -> RoleSql.checked("f", List.of(sql)))
                        .field());
    }

    @Test
    void delimiter_isRefusedInClearWords() {
        Invalid invalid = assertThrows(Invalid.class, () -> RoleSql.checked("f", List.of("delimiter $$")));
        assertTrue(String.valueOf(invalid.getMessage()).contains("a command of the mysql program"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET DEFAULT ROLE r FOR '{{name}}'@'%'",
                "SET PASSWORD FOR '{{name}}'@'%' = PASSWORD('{{password}}')",
                "GRANT EVENT, TRIGGER ON shop.* TO '{{name}}'@'%'",
                "REVOKE ALL PRIVILEGES, GRANT OPTION FROM '{{name}}'@'%'",
                "SELECT 5--3",
                "INSERT INTO app.log VALUES ('commit; it')",
            })
    void sql_thatMayRun_passes(String sql) {
        assertEquals(1, RoleSql.checked("f", List.of(sql)).statements().size());
    }

    @Test
    void session_isKeptOnlyAfterStatementsAboutUsers() {
        assertTrue(RoleSql.of(List.of("CREATE USER x", "GRANT x TO y; SET DEFAULT ROLE x FOR y"))
                .leavesNothing());
        assertFalse(RoleSql.of(List.of("CREATE USER x", "SELECT @a := 1")).leavesNothing());
        assertFalse(RoleSql.of(List.of("CALL x()")).leavesNothing());
    }

    @Test
    void usualStatements_areFilledAsLists() {
        assertEquals(
                List.of("CREATE USER 'a'@'%' IDENTIFIED BY 'p', 'b'@'%' IDENTIFIED BY 'p' REQUIRE SSL"),
                filled("CREATE USER '{{name}}'@'%' IDENTIFIED BY '{{password}}' REQUIRE SSL"));
        assertEquals(
                List.of("CREATE USER 'a'@10.0.0.1 IDENTIFIED WITH x BY 'p', 'b'@10.0.0.1 IDENTIFIED WITH x BY 'p'"),
                filled("create user '{{name}}'@10.0.0.1 IDENTIFIED WITH x BY '{{password}}'").stream()
                        .map(each -> each.replace("create user", "CREATE USER"))
                        .toList());
        assertEquals(
                List.of("GRANT SELECT ON shop.* TO 'a'@'%', 'b'@'%' WITH GRANT OPTION"),
                filled("GRANT SELECT ON shop.* /* all */ TO '{{name}}'@'%' WITH GRANT OPTION").stream()
                        .map(each -> each.replace(" , ", ", ").replace("shop. *", "shop.*"))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE USER '{{name}}'@'%' IDENTIFIED BY '{{password}}', '{{name}}'@'localhost'",
                "CREATE USER IF NOT EXISTS '{{name}}'@'%' IDENTIFIED BY '{{password}}'",
                "CREATE USER '{{name}}'@'%' IDENTIFIED VIA ed25519 USING PASSWORD('{{password}}')",
                "CREATE USER '{{name}}'@'%' IDENTIFIED BY '{{password}}' COMMENT 'until {{expiration}}'",
                "GRANT SELECT ON shop.* TO '{{name}}'@'%' IDENTIFIED BY '{{password}}'",
                "GRANT PROXY ON x TO '{{name}}'@'%', y",
                "SET DEFAULT ROLE r FOR '{{name}}'@'%'",
                "INSERT INTO x VALUES ('{{name}}')",
            })
    void statementsOfAnotherForm_areFilledForEachUser(String sql) {
        assertEquals(2, filled(sql).size());
    }

    private static List<String> filled(String sql) {
        return UserList.filled(
                RoleSql.of(List.of(sql)).statements().get(0),
                List.of(
                        Map.of("name", "a", "username", "a", "password", "p"),
                        Map.of("name", "b", "username", "b", "password", "p")));
    }
}
