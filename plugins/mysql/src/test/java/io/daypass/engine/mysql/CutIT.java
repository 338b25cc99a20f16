package io.daypass.engine.mysql;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.Await;
import io.daypass.embedded.Relay;
import io.daypass.embedded.source.MySqlSource;
import io.daypass.plugin.Unavailable;
import io.daypass.plugin.database.Creation;
import io.daypass.plugin.database.User;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A creation that is cut off at any of its statements, in several ways: whatever was made is gone once it is revoked, and
 * nothing comes later.
 */
@ParameterizedClass
@EnumSource
class CutIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    /** Each is told apart by a text of its own, which is looked for on the wire. */
    private static final List<String> STATEMENTS =
            List.of("CREATE USER", "GRANT SELECT ON shop", "GRANT INSERT ON shop", "RELEASE_LOCK");

    private static final Creation CREATION = Shop.creation(
            Shop.CREATE,
            Shop.GRANT,
            "GRANT INSERT ON shop.* TO '{{name}}'@'%'",
            "SET DEFAULT ROLE NONE TO '{{name}}'@'%'");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ShopServer server;
    private final Creation creation;
    private final Relay relay;
    private final Shop cut;
    private final Shop straight;

    CutIT(MySqlSource source) throws IOException {
        server = Servers.of(source);
        server.execute("GRANT INSERT ON shop.* TO 'broker'@'%' WITH GRANT OPTION");
        relay = new Relay(server.port());
        cut = Shop.of(server, relay.port(), InstantSource.system());
        straight = Shop.of(server, server.port(), InstantSource.system());
        creation = server.isMariaDb()
                ? Shop.creation(CREATION.statements().subList(0, 3).toArray(String[]::new))
                : CREATION;
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        relay.release();
        cut.close();
        straight.close();
        relay.close();
    }

    private Future<?> creating(User user) {
        return threads.submit(() -> {
            cut.create(creation, List.of(user), cut.in(Duration.ofSeconds(8)));
            return user;
        });
    }

    private void held() {
        Await.until(SOON, "the statement is on its way", () -> relay.held() > 0);
    }

    private static void assertUnavailable(Future<?> call) {
        ExecutionException thrown = assertThrows(ExecutionException.class, call::get);
        assertInstanceOf(Unavailable.class, thrown.getCause());
    }

    /** The server never hears of it, as the connection breaks. */
    @Test
    void connectionLost_beforeEachStatement_leavesNothingOnceRevoked() throws Exception {
        for (String statement : STATEMENTS) {
            User user = Shop.user();
            relay.holdRequests(statement);
            Future<?> call = creating(user);
            held();
            relay.cut();
            assertUnavailable(call);
            straight.drop(user);
            relay.release();
            assertFalse(straight.exists(user), statement);
        }
    }

    /** The server does it, and nobody hears the answer. */
    @Test
    void connectionLost_afterEachStatement_leavesNothingOnceRevoked() throws Exception {
        for (String statement : STATEMENTS) {
            User user = Shop.user();
            relay.holdAnswersTo(statement);
            Future<?> call = creating(user);
            held();
            assertTrue(straight.exists(user), statement);
            relay.cut();
            assertUnavailable(call);
            straight.drop(user);
            relay.release();
            assertFalse(straight.exists(user), statement);
        }
    }

    @Test
    void killed_beforeEachStatement_leavesNothingOnceRevoked() throws Exception {
        for (String statement : STATEMENTS) {
            User user = Shop.user();
            relay.holdRequests(statement);
            Future<?> call = creating(user);
            held();
            String holder =
                    straight.ask("SELECT IS_USED_LOCK('" + lock(user) + "')").get(0);
            server.execute("KILL " + holder);
            relay.release();
            assertUnavailable(call);
            straight.drop(user);
            assertFalse(straight.exists(user), statement);
        }
    }

    /** The creation's connection lives, and goes on after the revocation that was not to be outlived. */
    @Test
    void revokedWhileUnderWay_isEnded_andALateStatementMakesNothing() throws Exception {
        for (String statement : STATEMENTS) {
            User user = Shop.user();
            relay.holdRequests(statement);
            Future<?> call = creating(user);
            held();
            Instant past = InstantSource.system().instant().minusSeconds(1);
            assertTrue(straight.settle(user, past), statement);
            assertFalse(straight.exists(user), statement);
            relay.release();
            assertUnavailable(call);
            assertFalse(straight.exists(user), statement + " brought the user back");
        }
    }

    @Test
    void lateGrant_bringsNobodyBack_whateverTheServersSqlMode() throws Exception {
        String before = straight.ask("SELECT @@GLOBAL.sql_mode").get(0);
        for (String mode : List.of("", "ANSI_QUOTES", "NO_BACKSLASH_ESCAPES", "ANSI_QUOTES,NO_BACKSLASH_ESCAPES")) {
            server.execute("SET GLOBAL sql_mode = '" + mode + "'");
            try (Relay other = new Relay(server.port());
                    Shop shop = Shop.of(server, other.port(), InstantSource.system())) {
                User user = Shop.user();
                other.holdRequests("GRANT SELECT ON shop");
                Future<?> call = threads.submit(() -> {
                    shop.create(creation, user);
                    return user;
                });
                Await.until(SOON, "the grant is on its way", () -> other.held() > 0);
                server.execute("DROP USER '" + user.name() + "'@'%'");
                other.release();
                ExecutionException thrown = assertThrows(ExecutionException.class, call::get);
                assertFalse(straight.exists(user), mode + ": " + thrown.getCause());
                User well = shop.created();
                shop.login(well).close();
                shop.drop(well);
            } finally {
                server.execute("SET GLOBAL sql_mode = '" + before + "'");
            }
        }
    }

    private static String lock(User user) {
        return String.format("daypass-%016x", user.lockKey());
    }
}
