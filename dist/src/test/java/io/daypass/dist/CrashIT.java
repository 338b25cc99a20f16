package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.Await;
import io.daypass.embedded.Relay;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The broker is killed with {@code kill -9} at each hop of a mint: no user without a row, no acknowledged lease lost. */
@ExtendWith(World.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CrashIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    /** What a killed broker had claimed comes due again after thirty seconds. */
    private static final Duration SETTLED = Duration.ofSeconds(60);

    private RunningBroker broker;
    private Relay relay;
    private DatabaseMount mount;

    @BeforeAll
    void start(World world) throws IOException, SQLException {
        Shop shop = world.shop();
        relay = new Relay(shop.server().port());
        broker = world.newBroker(World.Limits::quick);
        mount = DatabaseMount.of(broker.root(), shop, relay);
    }

    @AfterAll
    void stop() {
        broker.close();
        relay.close();
    }

    @BeforeEach
    void clean() {
        relay.release();
        mount.creds().ok();
        mount.settles(SETTLED);
    }

    @Test
    void kill_beforeBegin_leavesNothing() throws Exception {
        int rows = mount.rows("").size();
        try (RawClient client = new RawClient(broker.root())) {
            client.say(client.head("GET", "/v1/" + mount.path() + "/creds/reader"));
            killAndRestart();
        }
        assertEquals(rows, mount.rows("").size());
        mount.settles(SETTLED);
    }

    @Test
    void kill_begunAndNotSent_lateMintInTime_isTakenAway() throws Exception {
        CompletableFuture<Answer> asking = askAndHoldRequest();
        broker.process().kill();
        int users = mount.shop().users().size();
        relay.release();
        Await.until(
                SOON,
                "the request of the dead broker makes the user",
                () -> mount.shop().users().size() > users);
        broker.process().start();
        assertTrue(asking.isCompletedExceptionally());
        mount.settles(SETTLED);
        assertEquals(users, mount.shop().users().size());
    }

    @Test
    void kill_begunAndNotSent_lateMintTooLate_isRefusedByPostgres() throws Exception {
        CompletableFuture<Answer> asking = askAndHoldRequest();
        broker.process().kill();
        int users = mount.shop().users().size();
        Await.until(SOON, "the client sees that nobody answers", asking::isCompletedExceptionally);
        Await.pass(Duration.ofSeconds(World.Limits.MINT_DEADLINE_SECONDS + 1));
        relay.release();
        broker.process().start();
        mount.settles(SETTLED);
        assertEquals(users, mount.shop().users().size());
    }

    @Test
    void kill_sentAndNotAnswered_userGoesAfterItsDeadline() throws Exception {
        int users = mount.shop().users().size();
        relay.holdAnswersTo("CREATE ROLE");
        CompletableFuture<Answer> asking = mount.api().readLater(mount.path() + "/creds/reader");
        Await.until(SOON, "the user is there", () -> mount.shop().users().size() > users);
        broker.process().kill();
        relay.release();
        broker.process().start();
        assertEquals(1, mount.rows("pending").size() + mount.rows("revoking").size(), "it was written down first");
        Await.until(SOON, "the client sees that nobody answers", asking::isCompletedExceptionally);
        mount.settles(SETTLED);
        assertEquals(users, mount.shop().users().size());
    }

    @Test
    void kill_aroundActivationAndAnswer_keepsWhatWasAcknowledged() throws Exception {
        Random random = new Random(20_261_124);
        for (int round = 0; round < 5; round++) {
            int users = mount.shop().users().size();
            relay.holdAnswersTo("CREATE ROLE");
            CompletableFuture<Answer> asking = mount.api().readLater(mount.path() + "/creds/reader");
            Await.until(SOON, "the user is there", () -> mount.shop().users().size() > users);
            relay.release();
            boolean acknowledged = round % 2 == 0;
            if (acknowledged) {
                Await.until(SOON, "the lease is acknowledged", asking::isDone);
                assertTrue(asking.join().isOk(), () -> asking.join().toString());
            } else {
                Await.pass(Duration.ofMillis(random.nextInt(12)));
            }
            killAndRestart();
            Answer answer = asking.exceptionally(failure -> null).join();
            mount.settles(SETTLED);
            if (answer != null && answer.isOk()) {
                assertAlive(answer);
            }
        }
    }

    @Test
    void kill_answeredAndNotRead_keepsTheLease() throws Exception {
        int active = mount.rows("active").size();
        try (RawClient client = new RawClient(broker.root())) {
            client.ask("GET", "/v1/" + mount.path() + "/creds/reader");
            Await.until(SOON, "the lease is active", () -> mount.rows("active").size() == active + 1);
            killAndRestart();
        }
        mount.settles(SETTLED);
        assertEquals(active + 1, mount.rows("active").size());
    }

    @Test
    void kill_underLoad_losesNoAcknowledgedLease() throws Exception {
        List<Answer> acknowledged = new ArrayList<>();
        Random random = new Random(7);
        for (int round = 0; round < 4; round++) {
            List<CompletableFuture<Answer>> asking = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                asking.add(mount.api().readLater(mount.path() + "/creds/reader"));
            }
            Await.until(SOON, "a lease is acknowledged", () -> asking.stream().anyMatch(CrashIT::isAcknowledged));
            Await.pass(Duration.ofMillis(random.nextInt(150)));
            killAndRestart();
            for (CompletableFuture<Answer> one : asking) {
                Answer answer = one.exceptionally(failure -> null).join();
                if (answer != null && answer.isOk()) {
                    acknowledged.add(answer);
                }
            }
        }
        mount.settles(SETTLED);
        for (Answer answer : acknowledged) {
            assertAlive(answer);
        }
        mount.api().put("sys/leases/revoke-prefix/" + mount.path(), Map.of()).ok();
        mount.settles(SETTLED);
        assertTrue(mount.shop().users().isEmpty());
    }

    private static boolean isAcknowledged(CompletableFuture<Answer> asking) {
        return asking.isDone()
                && !asking.isCompletedExceptionally()
                && asking.join().isOk();
    }

    private CompletableFuture<Answer> askAndHoldRequest() {
        relay.holdRequests("CREATE ROLE");
        CompletableFuture<Answer> asking = mount.api().readLater(mount.path() + "/creds/reader");
        Await.until(SOON, "the mint is on its way", () -> relay.held() > 0);
        assertEquals(1, mount.rows("pending").size(), "it was written down first");
        return asking;
    }

    private void killAndRestart() {
        broker.process().kill();
        broker.process().start();
    }

    private void assertAlive(Answer lease) throws SQLException {
        Answer found = mount.api().put("sys/leases/lookup", Map.of("lease_id", lease.leaseId()));
        assertEquals(200, found.status(), () -> "an acknowledged lease was lost: " + found);
        try (Connection session = mount.shop().login(lease)) {
            assertEquals(3, Shop.read(session));
            assertFalse(session.isClosed());
        }
    }
}
