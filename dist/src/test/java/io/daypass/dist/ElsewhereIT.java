package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.Await;
import io.daypass.embedded.PostgresVersion;
import io.daypass.embedded.Relay;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The host that a connection names comes to mean another server, while leases live in the one that it was. */
@ExtendWith(World.Extension.class)
final class ElsewhereIT {
    private static final Duration SETTLED = Duration.ofSeconds(60);

    private Api root;
    private Shop here;
    private Shop elsewhere;
    private Relay relay;
    private DatabaseMount mount;

    @BeforeEach
    void mount(World world) throws IOException, SQLException {
        root = world.broker().root();
        here = world.shop();
        elsewhere = here.twin(world.postgres(PostgresVersion.V14));
        relay = new Relay(here.server().port());
        mount = DatabaseMount.of(root, here, relay);
        mount.revoke(mount.creds().ok());
    }

    @AfterEach
    void close() {
        relay.close();
    }

    @Test
    void absentThere_isNoSuccess_untilItIsTheOldServerAgain() throws SQLException {
        Answer lease = mount.creds().ok();
        Answer other = mount.creds().ok();
        relay.redirect(elsewhere.server().port());

        // The first may still find a connection that was cut.
        Await.until(SETTLED, "it is said why", () -> {
            Answer refused = mount.creds();
            return refused.status() == 502 && refused.errors().contains("leads to another server");
        });
        Answer renewed = root.put("sys/leases/renew", Map.of("lease_id", other.leaseId()));
        assertEquals(502, renewed.status(), renewed::toString);
        Answer revoked = root.put("sys/leases/revoke", Map.of("lease_id", lease.leaseId()));
        assertEquals(202, revoked.status(), revoked::toString);
        assertTrue(mount.rows("revoking").size() >= 1, "the row stays");
        assertTrue(here.knows(lease.data("username")));
        assertEquals(0, rolesMadeElsewhere());

        relay.redirect(here.server().port());
        mount.settles(SETTLED);
        assertFalse(here.knows(lease.data("username")));
        assertTrue(here.knows(other.data("username")));
        mount.revoke(other);
        assertTrue(here.users().isEmpty());
        assertEquals(0, rolesMadeElsewhere());
    }

    /** Users and logins that the broker has made in the server that none of its leases is for. */
    private int rolesMadeElsewhere() throws SQLException {
        try (Connection connection = elsewhere.server().superuser("postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM pg_auth_members m"
                        + " JOIN pg_roles member ON member.oid = m.member JOIN pg_roles g ON g.oid = m.roleid"
                        + " WHERE g.rolname IN ('" + elsewhere.readers() + "', 'pg_signal_backend')"
                        + " AND (member.rolname LIKE 'd-%' OR member.rolname LIKE 'daypass-%')")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
