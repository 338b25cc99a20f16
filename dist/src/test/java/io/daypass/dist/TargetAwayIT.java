package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.Await;
import io.daypass.embedded.Relay;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** PostgreSQL is mute, unreachable or slow: its own mount answers 502 or 429, and no other notices. */
@ExtendWith(World.Extension.class)
final class TargetAwayIT {
    private static final Duration SETTLED = Duration.ofSeconds(60);

    private RunningBroker broker;
    private Relay relay;
    private DatabaseMount away;

    @BeforeEach
    void mount(World world) throws IOException, SQLException {
        broker = world.broker();
        Shop shop = world.shop();
        relay = new Relay(shop.server().port());
        away = DatabaseMount.of(broker.root(), shop, relay);
        away.revoke(away.creds().ok());
    }

    @AfterEach
    void heal() {
        relay.release();
        away.settles(SETTLED);
        relay.close();
    }

    @Test
    void mute_answers502_whileAnotherMountServes(World world) throws Exception {
        DatabaseMount other = DatabaseMount.of(broker.root(), world.shop());
        relay.mute();
        CompletableFuture<Answer> hung = broker.root().readLater(away.path() + "/creds/reader");
        int served = 0;
        while (!hung.isDone()) {
            other.creds().ok();
            served++;
        }
        Answer answer = hung.join();
        assertEquals(502, answer.status(), answer::toString);
        assertTrue(served > 3, "only " + served + " leases of another mount while this one hung");
        broker.root().put("sys/leases/revoke-prefix/" + other.path(), Map.of()).ok();
    }

    @Test
    void mute_thenBack_theDraftIsRevoked_andNewLeasesWork() throws Exception {
        relay.mute();
        assertEquals(502, away.creds().status());
        assertFalse(away.rows("").isEmpty());
        relay.release();
        away.settles(SETTLED);
        assertTrue(away.shop().users().isEmpty());
        Await.until(SETTLED, "leases are to be had again", () -> away.creds().isOk());
        broker.root().put("sys/leases/revoke-prefix/" + away.path(), Map.of()).ok();
    }

    @Test
    void revoke_whileMute_is202WithAWarning_andHappensLater() throws Exception {
        Answer lease = away.creds().ok();
        relay.mute();
        Answer revoked = broker.root().put("sys/leases/revoke", Map.of("lease_id", lease.leaseId()));
        assertEquals(202, revoked.status());
        assertTrue(revoked.warnings().contains("retried until it succeeds"), revoked.warnings());
        assertEquals(
                400,
                broker.root()
                        .put("sys/leases/renew", Map.of("lease_id", lease.leaseId()))
                        .status());
        relay.release();
        away.settles(SETTLED);
        assertTrue(away.shop().users().isEmpty());
    }

    @Test
    void unmount_is202WithAWarning_andGoesOn() {
        away.creds().ok();
        relay.mute();
        Answer answer = broker.root().delete("sys/mounts/" + away.path());
        assertEquals(202, answer.status(), answer::toString);
        assertTrue(answer.warnings().contains("will be retried until it"), answer.warnings());
        relay.release();
        Await.until(
                SETTLED,
                "the mount is gone",
                () -> broker.root().read("sys/mounts/" + away.path()).status() == 400);
        assertTrue(away.rows("").isEmpty());
    }

    @Test
    void laneFull_is429WithRetryAfter(World world) throws Exception {
        try (RunningBroker small =
                world.newBroker(config -> World.Limits.quick(config).limit("lane_queue", "2"))) {
            Shop shop = world.shop();
            try (Relay narrow = new Relay(shop.server().port())) {
                DatabaseMount mount = DatabaseMount.of(small.root(), shop, narrow);
                small.root()
                        .write(mount.path() + "/config/shop", Map.of("max_open_connections", 1))
                        .ok();
                mount.revoke(mount.creds().ok());
                narrow.mute();
                List<CompletableFuture<Answer>> asking = new ArrayList<>();
                for (int i = 0; i < 200; i++) {
                    asking.add(small.root().readLater(mount.path() + "/creds/reader"));
                }
                List<Answer> answers =
                        asking.stream().map(CompletableFuture::join).toList();
                Answer busy = answers.stream()
                        .filter(answer -> answer.status() == 429)
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no 429 among " + answers));
                assertTrue(busy.headers().firstValueAsLong("Retry-After").orElse(0) > 0);
                assertTrue(answers.stream().allMatch(answer -> answer.status() == 429 || answer.status() == 502));
                narrow.release();
                mount.settles(SETTLED);
                assertTrue(mount.shop().users().isEmpty());
            }
        }
    }

    @Test
    void clientGoneBeforeTheReply_itsLeaseIsRevoked() throws Exception {
        relay.holdAnswersTo("CREATE ROLE");
        try (RawClient client = new RawClient(broker.root())) {
            client.ask("GET", "/v1/" + away.path() + "/creds/reader");
            Await.until(SETTLED, "the user is there", () -> !away.shop().users().isEmpty());
        }
        relay.release();
        Await.until(SETTLED, "its user is gone", () -> away.shop().users().isEmpty());
        away.settles(SETTLED);
        assertTrue(away.rows("").isEmpty());
    }
}
