package io.daypass.engine.mysql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.plugin.Invalid;
import io.daypass.plugin.database.Creation;
import io.daypass.plugin.database.DatabaseConfig;
import io.daypass.plugin.database.Endpoint;
import io.daypass.plugin.database.Removal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerConnectorTest {
    private final ServerConnector mySql = new MySqlConnector();

    @Test
    void names_areVaults_andEachKindHasItsLength() {
        assertTrue(mySql.names()
                .containsAll(List.of(
                        "mysql-database-plugin",
                        "mysql-legacy-database-plugin",
                        "mysql-rds-database-plugin",
                        "mysql-aurora-database-plugin")));
        assertTrue(new MariaDbConnector().names().contains("mariadb-database-plugin"));
        assertEquals(32, mySql.longestName());
        assertEquals(80, new MariaDbConnector().longestName());
    }

    @Test
    void endpoint_isWhatAUserNeeds() {
        DatabaseConfig config = Shop.config(3307, "broker", "secret");
        assertEquals(new Endpoint("127.0.0.1", 3307, "", "PREFERRED"), mySql.endpoint(config));
    }

    @Test
    void creation_makesAUser_andWarnsOfOneWithoutAPassword() {
        assertEquals(List.of(), mySql.check(Shop.CREATION, List.of(), Shop.REMOVAL));
        assertInvalid("creation_statements", Shop.creation("CREATE USER x"), Shop.REMOVAL);
        assertInvalid("creation_statements", Shop.creation(), Shop.REMOVAL);
        assertInvalid("creation_statements", Shop.creation("CREATE USER 'app-{{name}}'@'%'"), Shop.REMOVAL);
        assertEquals(
                1,
                mySql.check(Shop.creation("CREATE USER '{{name}}'"), List.of(), Shop.REMOVAL)
                        .size());
    }

    @Test
    void whatIsPostgresqls_isRefused() {
        Creation grouped = new Creation(Shop.CREATION.statements(), List.of("readonly"), 4096);
        assertInvalid("groups", grouped, Shop.REMOVAL);
        assertInvalid("owned_objects", Shop.CREATION, new Removal(List.of(), true, ""));
        assertInvalid("owned_objects", Shop.CREATION, new Removal(List.of(), false, "somebody"));
        assertInvalid("revocation_statements", Shop.CREATION, new Removal(List.of("COMMIT"), false, ""));
    }

    private void assertInvalid(String field, Creation creation, Removal removal) {
        Invalid invalid = assertThrows(Invalid.class, () -> mySql.check(creation, List.of(), removal));
        assertEquals(field, invalid.field());
    }
}
