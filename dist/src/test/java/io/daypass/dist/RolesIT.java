package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Roles and connections: unknown ones, bad ones, and what happens to them while leases live. */
@ExtendWith(World.Extension.class)
final class RolesIT {
    private static final Duration SETTLED = Duration.ofSeconds(30);

    private Api root;
    private DatabaseMount mount;

    @BeforeEach
    void mount(World world) throws IOException, SQLException {
        root = world.broker().root();
        mount = DatabaseMount.of(root, world.shop());
    }

    @Test
    void unknownRole_is400NamingIt() {
        Answer answer = root.read(mount.path() + "/creds/nobody-knows");
        assertEquals(400, answer.status());
        assertTrue(answer.errors().contains("nobody-knows"), answer.errors());
    }

    @Test
    void unknownConnection_is400NamingIt() {
        Map<String, Object> role = new HashMap<>(mount.shop().role("elsewhere", "1h", "1h"));
        Answer written = root.write(mount.path() + "/roles/lost", role);
        Answer answer = written.isOk() ? root.read(mount.path() + "/creds/lost") : written;
        assertEquals(400, answer.status());
        assertTrue(answer.errors().contains("elsewhere"), answer.errors());
    }

    @Test
    void role_thatItsConnectionDoesNotAllow_is400NamingIt() {
        root.write(mount.path() + "/config/shop", Map.of("allowed_roles", "writer"))
                .ok();
        Answer answer = mount.creds();
        assertEquals(400, answer.status());
        assertTrue(answer.errors().contains("reader"), answer.errors());
    }

    @Test
    void creationSql_thatFails_is400WithTheServersMessage_andLeavesNothing() throws SQLException {
        mount.roleOf(
                        "broken",
                        "CREATE ROLE \"{{name}}\" LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}';"
                                + " GRANT no_such_group TO \"{{name}}\"",
                        Map.of())
                .ok();
        Answer answer = root.read(mount.path() + "/creds/broken");
        assertEquals(400, answer.status(), answer::toString);
        assertTrue(answer.errors().contains("no_such_group"), answer.errors());
        assertFalse(answer.errors().contains("SCRAM"), answer.errors());
        mount.settles(SETTLED);
        assertTrue(mount.rows("").isEmpty());
        assertEquals(0, count("SELECT count(*) FROM pg_roles WHERE rolname LIKE 'd-%-broken-%'"));
    }

    @Test
    void creationSql_thatControlsTheTransaction_is400WhenWritten() {
        for (String sql : new String[] {
            "COMMIT",
            "ROLLBACK",
            "BEGIN",
            "SET ROLE x",
            "RESET ALL",
            "DISCARD ALL",
            "COPY t FROM PROGRAM 'id'",
            "CREATE ROLE {{name}}"
        }) {
            Answer answer = mount.roleOf("bad", "CREATE ROLE \"{{name}}\"; " + sql, Map.of());
            assertEquals(400, answer.status(), sql);
        }
        assertEquals(404, root.read(mount.path() + "/roles/bad").status());
    }

    @Test
    void validUntil_isInForce_whereTheRolesSqlForgetsIt() throws SQLException {
        mount.roleOf("forgetful", "CREATE ROLE \"{{name}}\" LOGIN PASSWORD '{{password}}'", Map.of())
                .ok();
        Answer lease = root.read(mount.path() + "/creds/forgetful").ok();
        assertTrue(mount.shop().validUntil(lease.data("username")).orElseThrow().getEpochSecond() > 0);
        mount.revoke(lease);
    }

    @Test
    void password_isSentAsAVerifier_soTheServersLogNeverHasIt() throws IOException, SQLException {
        mount.shop().server().run("postgres", "ALTER SYSTEM SET log_statement = 'all'", "SELECT pg_reload_conf()");
        Answer lease = mount.creds().ok();
        mount.revoke(lease);
        String log = Files.readString(mount.shop().server().log());
        assertTrue(log.contains(lease.data("username")));
        assertFalse(log.contains(lease.data("password")));
        mount.shop().server().run("postgres", "ALTER SYSTEM RESET log_statement", "SELECT pg_reload_conf()");
    }

    @Test
    void role_deletedOrEdited_leavesItsLeasesRevocable() throws SQLException {
        Answer one = mount.creds().ok();
        Answer two = mount.creds().ok();
        mount.roleOf("reader", "CREATE ROLE \"{{name}}\"", Map.of("revocation_statements", "SELECT 1/0"))
                .ok();
        mount.revoke(one);
        root.delete(mount.path() + "/roles/reader").ok();
        mount.revoke(two);
        mount.settles(SETTLED);
        assertTrue(mount.shop().users().isEmpty());
    }

    @Test
    void connection_withLiveLeases_cantBeDeleted_andTheCountIsSaid() throws SQLException {
        Answer one = mount.creds().ok();
        mount.creds().ok();
        Answer refused = root.delete(mount.path() + "/config/shop");
        assertEquals(400, refused.status());
        assertTrue(refused.errors().contains("2"), refused.errors());
        mount.revoke(one);
        root.put("sys/leases/revoke-prefix/" + mount.path(), Map.of()).ok();
        mount.settles(SETTLED);
        root.delete(mount.path() + "/config/shop").ok();
    }

    @Test
    void connection_withLiveLeases_cantBePointedElsewhere(World world) throws Exception {
        Answer lease = mount.creds().ok();
        Shop other = world.shop();
        Answer refused = root.write(
                mount.path() + "/config/shop", other.connection(other.server().port()));
        assertEquals(400, refused.status(), refused::toString);
        assertTrue(refused.errors().contains("1"), refused.errors());
        try (Connection session = mount.shop().login(lease)) {
            assertEquals(3, Shop.read(session));
        }
        mount.revoke(lease);
        assertFalse(mount.shop().knows(lease.data("username")));
    }

    @Test
    void unmounting_endsEveryLease() throws SQLException {
        mount.creds().ok();
        mount.creds().ok();
        root.delete("sys/mounts/" + mount.path()).ok();
        Await.until(SETTLED, "all users are gone", () -> mount.shop().users().isEmpty());
        assertEquals(404, root.read(mount.path() + "/roles/reader").status());
    }

    private int count(String query) throws SQLException {
        try (Connection connection = mount.shop().server().superuser("postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
