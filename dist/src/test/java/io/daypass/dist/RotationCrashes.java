package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.daypass.embedded.Await;
import io.daypass.embedded.Relay;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The broker is killed and stopped at each step of a rotation, of a static role's user and of its own login: afterwards the
 * password that it knows is the one that lets in.
 */
@ExtendWith(World.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RotationCrashes {
    private static final String MOUNT = "db";
    private static final Duration SOON = Duration.ofSeconds(15);
    /** What a killed broker had in hand is another's after twenty-five seconds. */
    private static final Duration SETTLED = Duration.ofSeconds(90);
    /** Longer than the deadline of a call. */
    private static final Duration TOO_LONG = Duration.ofSeconds(21);

    private RunningBroker broker;
    private RotationTarget target;
    private Relay relay;
    private int users;
    private String user;

    /** The server. */
    abstract RotationTarget target(World world) throws IOException, SQLException;

    @BeforeAll
    void start(World world) throws IOException, SQLException {
        target = target(world);
        relay = new Relay(target.port());
        broker = world.newBroker(World.Limits::quick);
        api().write("sys/mounts/" + MOUNT, Map.of("type", "database")).ok();
        api().write(MOUNT + "/config/shop", target.connection(relay.port())).ok();
        api().write(MOUNT + "/roles/reader", target.role()).ok();
    }

    @BeforeEach
    void make() throws SQLException {
        user = "app" + ++users;
        target.make(user);
        Answer written = api().write(
                        MOUNT + "/static-roles/" + user,
                        Map.of("db_name", "shop", "username", user, "rotation_period", "24h"));
        assertEquals(204, written.status(), written::toString);
        assertTrue(target.letsIn(user, password()));
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
    void kill_beforeTheDatabaseHears() throws Exception {
        String before = password();
        rotateAndHoldRequest();
        assertEquals(before, password());
        assertTrue(role().path("rotation_under_way").asBoolean());
        broker.process().kill();
        relay.release();
        broker.process().start();
        settles();
        assertNotEquals(before, password());
    }

    @Test
    void kill_afterTheDatabaseHeard() throws Exception {
        String before = password();
        relay.holdAnswersTo(target.changing());
        FutureTask<Answer> asking = rotate("rotate-role/" + user);
        Await.until(SOON, "the database has the next password", () -> !target.letsIn(user, before));
        assertEquals(before, password());
        broker.process().kill();
        relay.release();
        broker.process().start();
        settles();
        assertNotEquals(before, password());
        Await.until(SOON, "the client sees that nobody answers", asking::isDone);
    }

    @Test
    void kill_atAnyMoment() throws Exception {
        Random random = new Random(20_261_124);
        for (int round = 0; round < 2; round++) {
            FutureTask<Answer> asking = rotate("rotate-role/" + user);
            Await.pass(Duration.ofMillis(random.nextInt(40)));
            broker.process().kill();
            broker.process().start();
            settles();
            Await.until(SOON, "the client has an answer, or none", asking::isDone);
        }
    }

    @Test
    void pause_beforeTheDatabaseHears_forLongerThanItListens() throws Exception {
        rotateAndHoldRequest();
        broker.process().pause();
        Await.pass(TOO_LONG);
        relay.release();
        broker.process().resume();
        settles();
    }

    @Test
    void pause_afterTheDatabaseHeard() throws Exception {
        String before = password();
        relay.holdAnswersTo(target.changing());
        FutureTask<Answer> asking = rotate("rotate-role/" + user);
        Await.until(SOON, "the database has the next password", () -> !target.letsIn(user, before));
        broker.process().pause();
        Await.pass(TOO_LONG);
        relay.release();
        broker.process().resume();
        settles();
        assertNotEquals(before, password());
        Await.until(SOON, "the client has an answer", asking::isDone);
    }

    @Test
    void kill_whileTheBrokersOwnPasswordIsChanged() throws Exception {
        Answer lease = api().read(MOUNT + "/creds/reader").ok();
        String last = lastOfRoot();
        relay.holdAnswersTo(target.changing());
        FutureTask<Answer> asking = rotate("rotate-root/shop");
        Await.until(SOON, "it is changed", () -> relay.held() > 0);
        broker.process().kill();
        relay.release();
        broker.process().start();
        mints(last);
        revoke(lease);

        last = lastOfRoot();
        relay.holdRequests(target.changing());
        FutureTask<Answer> again = rotate("rotate-root/shop");
        Await.until(SOON, "it is about to be changed", () -> relay.held() > 0);
        broker.process().kill();
        relay.release();
        broker.process().start();
        mints(last);
        Await.until(SOON, "the clients see that nobody answers", () -> asking.isDone() && again.isDone());
    }

    private void rotateAndHoldRequest() {
        relay.holdRequests(target.changing());
        FutureTask<Answer> asking = rotate("rotate-role/" + user);
        Await.until(SOON, "the change is on its way", () -> relay.held() > 0);
        assertFalse(asking.isDone());
    }

    private void settles() {
        Await.until(
                SETTLED,
                () -> "the rotation has not come to its end: " + role(),
                () -> !role().path("rotation_under_way").asBoolean());
        assertTrue(target.letsIn(user, password()), () -> "with the password of " + role());
    }

    /** @param last when root's password was rotated before the rotation that was broken off */
    private void mints(String last) {
        Await.until(
                SETTLED,
                "leases are to be had, once the rotation has settled",
                () -> !lastOfRoot().equals(last)
                        && api().read(MOUNT + "/creds/reader").isOk());
    }

    private String lastOfRoot() {
        return api().read(MOUNT + "/config/shop")
                .ok()
                .data()
                .path("last_root_rotation")
                .asText();
    }

    private void revoke(Answer lease) {
        Await.until(SETTLED, "the lease of before is revoked", () -> {
            api().put("sys/leases/revoke", Map.of("lease_id", lease.leaseId()));
            return !target.letsIn(lease.data("username"), lease.data("password"));
        });
    }

    private FutureTask<Answer> rotate(String path) {
        FutureTask<Answer> asking = new FutureTask<>(
                () -> api().send(api().request(MOUNT + "/" + path).POST(HttpRequest.BodyPublishers.noBody())));
        Thread thread = new Thread(asking, "rotate");
        thread.setDaemon(true);
        thread.start();
        return asking;
    }

    private String password() {
        return api().read(MOUNT + "/static-creds/" + user).ok().data("password");
    }

    private JsonNode role() {
        return api().read(MOUNT + "/static-roles/" + user).ok().data();
    }

    private Api api() {
        return broker.root();
    }
}
