package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.Relay;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is in a database, looks like a broker's, and has no lease. */
@ExtendWith(World.Extension.class)
final class OrphansIT {
    @Test
    void user_ofABrokerThatIsGone_isTold_andThoseWithALeaseAreNot(World world) throws IOException, SQLException {
        Shop shop = world.shop();
        DatabaseMount mount = DatabaseMount.of(world.broker().root(), shop);
        Answer own = mount.creds().ok();
        try (RunningBroker other = world.newBroker(config -> config)) {
            DatabaseMount theirs = DatabaseMount.of(other.root(), shop);
            Answer lease = theirs.creds().ok();
            List<String> orphans = orphans(world, mount);
            assertTrue(orphans.contains(lease.data("username")), orphans::toString);
            assertFalse(orphans.contains(own.data("username")), orphans::toString);
            theirs.revoke(lease);
            assertFalse(orphans(world, mount).contains(lease.data("username")));
        }
        mount.revoke(own);
    }

    @Test
    void list_ofADatabaseThatIsAway_is502_andOfAnUnknownOne400(World world) throws IOException, SQLException {
        Shop shop = world.shop();
        try (Relay relay = new Relay(shop.server().port())) {
            DatabaseMount mount = DatabaseMount.of(world.broker().root(), shop, relay);
            relay.refuse();
            assertEquals(
                    502,
                    world.broker().root().read(mount.path() + "/orphans/shop").status());
            Answer unknown = world.broker().root().read(mount.path() + "/orphans/none");
            assertEquals(400, unknown.status(), unknown::toString);
        }
    }

    private static List<String> orphans(World world, DatabaseMount mount) throws IOException {
        List<String> names = new ArrayList<>();
        Answer answer =
                world.broker().root().read(mount.path() + "/orphans/shop").ok();
        answer.body().path("data").path("orphans").forEach(each -> names.add(each.asText()));
        return names;
    }
}
