package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.Await;
import io.daypass.embedded.Relay;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The broker is stopped where it is for longer than the mint's deadline, and goes on: it can't know, so PostgreSQL must. */
@ExtendWith(World.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PauseIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration SETTLED = Duration.ofSeconds(30);
    private static final Duration TOO_LONG = Duration.ofSeconds(World.Limits.MINT_DEADLINE_SECONDS + 1);

    private RunningBroker broker;
    private Relay relay;
    private DatabaseMount mount;

    @BeforeAll
    void start(World world) throws IOException, SQLException {
        Shop shop = world.shop();
        relay = new Relay(shop.server().port());
        broker = world.newBroker(World.Limits::quick);
        mount = DatabaseMount.of(broker.root(), shop, relay);
        mount.revoke(mount.creds().ok());
    }

    @AfterEach
    void resume() {
        relay.release();
        broker.process().resume();
    }

    @AfterAll
    void stop() {
        broker.close();
        relay.close();
    }

    @Test
    void pause_betweenBeginAndMint_postgresRefusesTheLateMint() throws Exception {
        relay.holdRequests("CREATE ROLE");
        CompletableFuture<Answer> asking = mount.api().readLater(mount.path() + "/creds/reader");
        Await.until(SOON, "the mint is on its way", () -> relay.held() > 0);
        broker.process().pause();
        Await.pass(TOO_LONG);
        relay.release();
        broker.process().resume();
        assertEquals(502, asking.join().status());
        mount.settles(SETTLED);
        assertTrue(mount.shop().users().isEmpty());
    }

    @Test
    void pause_betweenMintAndAnswer_leavesNothing() throws Exception {
        relay.holdAnswersTo("CREATE ROLE");
        CompletableFuture<Answer> asking = mount.api().readLater(mount.path() + "/creds/reader");
        Await.until(SOON, "the user is there", () -> !mount.shop().users().isEmpty());
        broker.process().pause();
        Await.pass(TOO_LONG);
        relay.release();
        broker.process().resume();
        Answer answer = asking.join();
        mount.settles(SETTLED);
        assertEquals(answer.isOk() ? 1 : 0, mount.shop().users().size(), answer::toString);
        mount.api().put("sys/leases/revoke-prefix/" + mount.path(), Map.of()).ok();
        mount.settles(SETTLED);
    }

    @Test
    void pause_underLoad_leavesNoUserWithoutARow() throws Exception {
        Random random = new Random(11);
        for (int round = 0; round < 3; round++) {
            List<CompletableFuture<Answer>> asking = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                asking.add(mount.api().readLater(mount.path() + "/creds/reader"));
            }
            Await.pass(Duration.ofMillis(random.nextInt(120)));
            broker.process().pause();
            Await.pass(TOO_LONG);
            broker.process().resume();
            long acknowledged = asking.stream()
                    .map(CompletableFuture::join)
                    .filter(Answer::isOk)
                    .count();
            mount.settles(SETTLED);
            assertEquals(acknowledged, mount.shop().users().size());
            mount.api()
                    .put("sys/leases/revoke-prefix/" + mount.path(), Map.of())
                    .ok();
            mount.settles(SETTLED);
        }
    }
}
