package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.Await;
import io.daypass.embedded.MySqlServer;
import io.daypass.embedded.Relay;
import io.daypass.embedded.source.MySqlSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A MySQL or MariaDB server is read-only, full, restarted, stopped where it is, or dead: each gets a clear answer, a lease
 * that was given out is not lost by it, and nothing is left of one that was not.
 */
@ParameterizedClass
@EnumSource
@ExtendWith(World.Extension.class)
final class MySqlAwayIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration SETTLED = Duration.ofSeconds(60);
    private static final int CONNECTIONS = 12;
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final MySqlSource source;
    private Api root;
    private MySqlServer server;
    private MySqlShop shop;
    private Relay relay;
    private LeaseBook book;
    private Answer kept;

    MySqlAwayIT(MySqlSource source) {
        this.source = source;
    }

    @BeforeEach
    void mount(World world) throws Exception {
        server = source.start(world.newDirectory(), Map.of("max-connections", String.valueOf(CONNECTIONS)));
        shop = MySqlShop.in(server);
        relay = new Relay(server.port());
        root = world.broker().root();
        book = new LeaseBook(root, "my" + COUNT.incrementAndGet());
        root.write("sys/mounts/" + book.path(), Map.of("type", "database")).ok();
        root.write(book.path() + "/config/shop", shop.connection(relay.port())).ok();
        root.write(book.path() + "/roles/reader", shop.role("shop", "1h")).ok();
        kept = creds().ok();
    }

    /** What was given out before it all began works until somebody ends it. */
    @AfterEach
    void nothingIsLost_andNothingIsLeft() throws Exception {
        if (server == null) {
            return;
        }
        try {
            relay.release();
            settles();
            assertEquals(3, shop.read(kept));
            Await.until(SETTLED, "leases are to be had again", () -> creds().isOk());
            root.put("sys/leases/revoke-prefix/" + book.path(), Map.of()).ok();
            settles();
            assertEquals(Set.of(), shop.users());
        } finally {
            relay.close();
            server.close();
        }
    }

    @Test
    void readOnly_answers502_andRevokesWhenItIsNot() throws Exception {
        Answer lease = creds().ok();
        // On MySQL who may manage connections writes all the same, unless nobody may.
        String variable = source == MySqlSource.MYSQL_8 ? "super_read_only" : "read_only";
        server.run("SET GLOBAL " + variable + " = 1");
        Answer refused = creds();
        assertEquals(502, refused.status(), refused::toString);
        assertTrue(refused.errors().contains("read-only"), refused.errors());
        isRevokedLater(lease);
        assertTrue(shop.users().contains(lease.data("username")));
        server.run("SET GLOBAL " + variable + " = 0", "SET GLOBAL read_only = 0");
        settles();
        assertFalse(shop.users().contains(lease.data("username")));
    }

    @Test
    void full_answers502_andRevokesWhenThereIsRoom() throws Exception {
        Answer lease = creds().ok();
        List<Connection> fillers = new ArrayList<>();
        try {
            shop.endSessionsOfTheBroker();
            fill(fillers);
            assertEquals(502, creds().status());
            // The first one may have had a session that it did not know to be dead.
            Await.until(SOON, "it says why", () -> creds().errors().contains("Too many connections"));
            isRevokedLater(lease);
        } finally {
            for (Connection filler : fillers) {
                filler.close();
            }
        }
        settles();
        assertFalse(shop.users().contains(lease.data("username")));
    }

    /** One more may come who may manage connections, as the broker may. */
    private void fill(List<Connection> fillers) {
        SQLException full = assertThrows(SQLException.class, () -> {
            for (int i = 0; i <= CONNECTIONS + 1; i++) {
                fillers.add(server.admin());
            }
        });
        assertTrue(String.valueOf(full.getMessage()).contains("Too many connections"), full.getMessage());
    }

    @Test
    void killed_beforeTheUserIsMade_leavesNothing() throws Exception {
        relay.holdRequests("CREATE USER");
        CompletableFuture<Answer> asking = root.readLater(book.path() + "/creds/reader");
        Await.until(SOON, "the mint is on its way", () -> relay.held() > 0);
        killedInTheMiddleOf(asking);
    }

    @Test
    void killed_betweenTwoStatementsOfAMint_leavesNothing() throws Exception {
        relay.holdRequests("GRANT SELECT");
        CompletableFuture<Answer> asking = root.readLater(book.path() + "/creds/reader");
        Await.until(SOON, "the user is there", () -> shop.users().size() == 2);
        killedInTheMiddleOf(asking);
    }

    @Test
    void killed_whenTheUserIsMadeAndNobodyKnows_leavesNothing() throws Exception {
        relay.holdAnswersTo("GRANT SELECT");
        CompletableFuture<Answer> asking = root.readLater(book.path() + "/creds/reader");
        Await.until(SOON, "the user is there", () -> shop.users().size() == 2);
        killedInTheMiddleOf(asking);
    }

    private void killedInTheMiddleOf(CompletableFuture<Answer> asking) throws Exception {
        server.kill();
        relay.release();
        Answer answer = asking.join();
        assertEquals(502, answer.status(), answer::toString);
        server.restart();
        settles();
        assertEquals(Set.of(kept.data("username")), shop.users());
    }

    @Test
    void stoppedInOrder_inTheMiddleOfAMint_leavesNothing() throws Exception {
        relay.holdRequests("GRANT SELECT");
        CompletableFuture<Answer> asking = root.readLater(book.path() + "/creds/reader");
        Await.until(SOON, "the user is there", () -> shop.users().size() == 2);
        server.stop();
        relay.release();
        server.restart();
        Answer answer = asking.join();
        assertEquals(502, answer.status(), answer::toString);
        settles();
        assertEquals(Set.of(kept.data("username")), shop.users());
    }

    @Test
    void pausedInARevoke_is202_andItHappensWhenItGoesOn() throws Exception {
        Answer lease = creds().ok();
        try (Connection session = shop.login(lease);
                Statement statement = session.createStatement()) {
            relay.holdRequests("DROP USER");
            CompletableFuture<Answer> revoking = CompletableFuture.supplyAsync(() -> book.revoke(lease));
            Await.until(SOON, "the end is on its way", () -> relay.held() > 0);
            server.pause();
            relay.release();
            Answer revoked = revoking.join();
            assertEquals(202, revoked.status(), revoked::toString);
            assertTrue(revoked.warnings().contains("retried until it succeeds"), revoked.warnings());
            server.resume();
            settles();
            assertThrows(SQLException.class, () -> statement.execute("SELECT 1"));
        }
        assertThrows(SQLException.class, () -> shop.login(lease));
    }

    @Test
    void dead_whenLeasesEnd_endsThemWhenItIsBack() throws Exception {
        root.write(book.path() + "/roles/brief", shop.role("shop", "3s")).ok();
        List<Answer> brief = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            brief.add(root.read(book.path() + "/creds/brief").ok());
        }
        server.kill();
        Answer refused = creds();
        assertEquals(502, refused.status(), refused::toString);
        Await.until(SOON, "their end is tried", () -> !book.rows("revoking").isEmpty());
        Await.pass(Duration.ofSeconds(3));
        assertTrue(book.rows("").size() >= 6, "all are in the books");
        server.restart();
        settles();
        for (Answer each : brief) {
            assertThrows(SQLException.class, () -> shop.login(each));
        }
    }

    private void isRevokedLater(Answer lease) {
        Answer revoked = book.revoke(lease);
        assertEquals(202, revoked.status(), revoked::toString);
        assertTrue(revoked.warnings().contains("retried until it succeeds"), revoked.warnings());
    }

    private Answer creds() {
        return root.read(book.path() + "/creds/reader");
    }

    private void settles() {
        book.settles(SETTLED, shop::users);
    }
}
