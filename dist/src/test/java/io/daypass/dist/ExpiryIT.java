package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.Await;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Honest expiry: what is said is what will happen, and the warning names what bounds it. */
@ExtendWith(World.Extension.class)
final class ExpiryIT {
    private static final Duration SOON = Duration.ofSeconds(10);

    private Api root;
    private DatabaseMount mount;

    @BeforeEach
    void mount(World world) throws IOException, SQLException {
        root = world.broker().root();
        mount = DatabaseMount.of(root, world.shop());
    }

    @Test
    void lease_ofATokenThatEndsSooner_endsWithIt_andSaysSo() {
        Api brief = token("30s");
        Answer lease = brief.read(mount.path() + "/creds/reader").ok();
        assertTrue(lease.leaseSeconds() <= 30, "" + lease.leaseSeconds());
        assertTrue(lease.warnings().contains("token"), lease.warnings());
        brief.write("auth/token/renew-self", Map.of("increment", "10m")).ok();
        Answer renewed = brief.put("sys/leases/renew", Map.of("lease_id", lease.leaseId(), "increment", "5m"))
                .ok();
        assertTrue(renewed.leaseSeconds() > 200, "renewing the token lets the renewal go further: " + renewed.leaseSeconds());
        brief.write("auth/token/revoke-self", Map.of()).ok();
    }

    @Test
    void renewal_beyondTheRolesMaximum_isBoundByIt_andSaysSo() {
        mount.role("brief", "1m", "2m");
        Answer lease = root.read(mount.path() + "/creds/brief").ok();
        assertTrue(lease.leaseSeconds() >= 59 && lease.leaseSeconds() <= 60, "" + lease.leaseSeconds());
        Answer renewed = root.put("sys/leases/renew", Map.of("lease_id", lease.leaseId(), "increment", "1h"))
                .ok();
        assertTrue(renewed.leaseSeconds() <= 120, "" + renewed.leaseSeconds());
        assertTrue(renewed.warnings().contains("max"), renewed.warnings());
        mount.revoke(lease);
    }

    @Test
    void ttl_asked_onlyShortens() {
        Answer shorter = root.read(mount.path() + "/creds/reader?ttl=30s").ok();
        assertTrue(shorter.leaseSeconds() <= 30);
        Answer longer = root.read(mount.path() + "/creds/reader?ttl=2h").ok();
        assertTrue(longer.leaseSeconds() <= 3600);
        mount.revoke(shorter);
        mount.revoke(longer);
    }

    @Test
    void target_endsLaterThanSaid_byTheSlackAlone() throws SQLException {
        long before = System.currentTimeMillis();
        Answer lease = root.read(mount.path() + "/creds/reader?ttl=60s").ok();
        long until = mount.shop().validUntil(lease.data("username")).orElseThrow().toEpochMilli();
        assertTrue(until >= before + 60_000, "never sooner than said");
        assertTrue(until <= System.currentTimeMillis() + 60_000 + 1_000, "nor later than the slack");
        mount.revoke(lease);
    }

    @Test
    void leftAlone_isGone_sessionsToo() throws SQLException {
        Answer lease = root.read(mount.path() + "/creds/reader?ttl=2s").ok();
        try (Connection session = mount.shop().login(lease);
                Statement statement = session.createStatement()) {
            Await.until(SOON, "the user is gone", () -> !mount.shop().knows(lease.data("username")));
            Await.until(SOON, "the session is dead", () -> {
                try {
                    statement.execute("SELECT 1");
                    return false;
                } catch (SQLException dead) {
                    return true;
                }
            });
        }
        Await.until(
                SOON,
                "the row is gone too",
                () -> root.put("sys/leases/lookup", Map.of("lease_id", lease.leaseId()))
                                .status()
                        == 400);
        assertEquals(400, root.put("sys/leases/renew", Map.of("lease_id", lease.leaseId())).status());
        assertEquals(204, root.put("sys/leases/revoke", Map.of("lease_id", lease.leaseId())).status());
    }

    @Test
    void token_revoked_endsItsLeases_andItsChildrensLeases() throws SQLException {
        Api parent = token("10m");
        Answer made = parent.write("auth/token/create", Map.of("policies", List.of("root"), "ttl", "10m"));
        Api child = root.as(made.ok().body().path("auth").path("client_token").asText());
        String ofParent = parent.read(mount.path() + "/creds/reader").ok().data("username");
        String ofChild = child.read(mount.path() + "/creds/reader").ok().data("username");
        assertEquals(204, root.write("auth/token/revoke", Map.of("token", parent.token())).status());
        assertEquals(403, parent.read("auth/token/lookup-self").status());
        assertEquals(403, child.read("auth/token/lookup-self").status());
        Await.until(SOON, "both users are gone", () -> !mount.shop().knows(ofParent) && !mount.shop().knows(ofChild));
        assertFalse(mount.shop().knows(ofChild));
    }

    @Test
    void token_revokedAsAnOrphan_leavesItsChildren() {
        Api parent = token("10m");
        Answer made = parent.write("auth/token/create", Map.of("policies", List.of("root"), "ttl", "10m"));
        Api child = root.as(made.ok().body().path("auth").path("client_token").asText());
        child.read("auth/token/lookup-self").ok();
        root.write("auth/token/revoke-orphan", Map.of("token", parent.token())).ok();
        assertEquals(403, parent.read("auth/token/lookup-self").status());
        child.read("auth/token/lookup-self").ok();
        child.write("auth/token/revoke-self", Map.of()).ok();
    }

    private Api token(String ttl) {
        return root.as(root.write("auth/token/create", Map.of("policies", List.of("root"), "ttl", ttl))
                .ok()
                .body()
                .path("auth")
                .path("client_token")
                .asText());
    }
}
