package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.Await;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A database tells another time than it is: the function that tells it is another one there. */
@ExtendWith(World.Extension.class)
final class TargetClockIT {
    private static final Duration SETTLED = Duration.ofSeconds(60);
    private static final String CLOCK = "CREATE OR REPLACE FUNCTION pg_catalog.clock_timestamp() RETURNS timestamptz"
            + " LANGUAGE sql VOLATILE AS $$ SELECT pg_catalog.true_clock_timestamp() + interval '%d s' $$";

    @Test
    void off_isWarnedOf_farOff_refusesMints_andNoLeaseIsLost(World world) throws Exception {
        try (RunningBroker broker =
                world.newBroker(config -> World.Limits.quick(config).limit("mint_deadline", "10s"))) {
            Shop shop = world.shop();
            shop.server()
                    .run(shop.name(), "ALTER FUNCTION pg_catalog.clock_timestamp() RENAME TO true_clock_timestamp");
            set(shop, 3);
            DatabaseMount mount = DatabaseMount.of(broker.root(), shop);
            Answer written = broker.root()
                    .write(
                            mount.path() + "/config/shop",
                            shop.connection(shop.server().port()))
                    .ok();
            assertTrue(written.warnings().contains("the clock of the server is"), written.warnings());
            Answer lease = mount.creds().ok();
            assertTrue(broker.process().log().contains("the clock of a PostgreSQL server is off"));
            for (int seconds : new int[] {8, -8}) {
                set(shop, seconds);
                refusesMints(mount);
                // Sessions that were told the time before are used up first.
                Await.until(
                        SETTLED,
                        "the metrics tell",
                        () -> mount.creds().status() == 502 && Math.abs(ahead(broker.root()) - seconds) < 1);
                lives(broker.root(), shop, lease);
            }
            set(shop, 0);
            Await.until(
                    SETTLED, "leases are to be had again", () -> mount.creds().isOk());
            mount.settles(SETTLED);
            mount.revoke(lease);
            assertFalse(shop.knows(lease.data("username")));
            broker.root()
                    .put("sys/leases/revoke-prefix/" + mount.path(), Map.of())
                    .ok();
            mount.settles(SETTLED);
        }
    }

    /** An idle session asks for the time before it is used, so the first mint that it serves is refused. */
    private static void refusesMints(DatabaseMount mount) {
        Await.until(SETTLED, "mints are refused", () -> mount.creds().status() == 502);
        Answer refused = mount.creds();
        assertEquals(502, refused.status(), refused::toString);
        assertTrue(
                refused.errors().matches("(?s).*here it is [0-9TZ:.-]+, at the server [0-9TZ:.-]+.*"),
                refused.errors());
    }

    private static double ahead(Api root) throws Exception {
        Pattern line = Pattern.compile("(?m)^daypass_target_clock_ahead_seconds\\{.*target=\"shop\".*} (\\S+)$");
        String metrics = root.exchange(
                        root.request("sys/metrics?format=prometheus").GET().build(), BodyHandlers.ofString())
                .body();
        Matcher found = line.matcher(metrics);
        assertTrue(found.find(), "no gauge of the target's clock");
        return Double.parseDouble(found.group(1));
    }

    private static void lives(Api root, Shop shop, Answer lease) throws SQLException {
        try (Connection session = shop.login(lease)) {
            assertEquals(3, Shop.read(session));
        }
        root.put("sys/leases/renew", Map.of("lease_id", lease.leaseId())).ok();
    }

    private static void set(Shop shop, int secondsAhead) throws SQLException {
        shop.server().run(shop.name(), CLOCK.formatted(secondsAhead));
    }
}
