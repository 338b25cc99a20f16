package io.daypass.engine.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Secret;
import io.daypass.plugin.Unavailable;
import io.daypass.plugin.database.Creation;
import io.daypass.plugin.database.NewUser;
import io.daypass.plugin.database.User;
import io.daypass.testkit.CutLink;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A server that is away, or mute, or answers too late. */
class OutageIT {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final Duration PROMPT = Duration.ofSeconds(3);

    private ShopServer server;
    private CutLink link;
    private Shop shop;

    @BeforeEach
    void open() throws Exception {
        server = Servers.of(18);
        link = new CutLink(server.port());
        shop = Shop.of(server, link.port(), CLOCK);
        shop.database.drop(shop.place, Shop.REASSIGN, List.of(shop.created()), shop.soon());
    }

    @AfterEach
    void close() throws Exception {
        shop.close();
        link.close();
    }

    @Test
    void cut_isUnavailableAtOnce_andWorksAfter() throws Exception {
        User user = shop.created();
        link.cut();
        assertUnavailable(() -> shop.drop(Shop.REASSIGN, user));
        assertUnavailable(() -> shop.create(Shop.CREATION, Shop.user()));
        link.heal();
        shop.drop(Shop.REASSIGN, user);
        assertFalse(shop.exists(user));
    }

    @Test
    void unreachable_isUnavailable_withoutTheHost() throws Exception {
        try (Shop nowhere = Shop.of(server, 1, CLOCK)) {
            Unavailable thrown = assertThrows(Unavailable.class, nowhere::created);
            assertEquals("PostgreSQL can't be reached, or doesn't answer (SQLSTATE 08001)", thrown.getMessage());
        }
    }

    @Test
    void mute_endsByTheDeadline_inEveryCall() throws Exception {
        User user = shop.created();
        link.mute();
        Instant before = CLOCK.instant();
        assertUnavailable(() -> shop.database.create(
                shop.place, Shop.CREATION, List.of(fresh(Shop.user())), shop.in(Duration.ofSeconds(1))));
        assertUnavailable(
                () -> shop.database.drop(shop.place, Shop.REASSIGN, List.of(user), shop.in(Duration.ofSeconds(1))));
        Deadline third = shop.in(Duration.ofSeconds(1));
        assertUnavailable(() -> shop.database.extend(shop.place, user, List.of(), shop.inAnHour(), third));
        Duration took = Duration.between(before, CLOCK.instant());
        assertTrue(took.compareTo(PROMPT.multipliedBy(3)) < 0, took::toString);
        link.heal();
        shop.drop(Shop.REASSIGN, user);
        assertFalse(shop.exists(user));
    }

    @Test
    void create_thatArrivesAfterItsDeadline_isRefusedByTheServer() throws Exception {
        User user = Shop.user();
        link.mute();
        Deadline deadline = shop.in(Duration.ofSeconds(1));
        assertUnavailable(() -> shop.database.create(shop.place, Shop.CREATION, List.of(fresh(user)), deadline));
        link.heal();
        while (!server.log().contains(user.name())) {
            Thread.onSpinWait();
        }
        assertTrue(shop.database.settle(shop.place, Shop.REASSIGN, user, deadline.at(), shop.soon()));
        assertFalse(shop.exists(user));
    }

    @Test
    void create_whoseAnswerIsLost_isUnavailable_andDropEndsWhatItMade() throws Exception {
        User user = Shop.user();
        link.muteReplies();
        assertUnavailable(() ->
                shop.database.create(shop.place, Shop.CREATION, List.of(fresh(user)), shop.in(Duration.ofSeconds(1))));
        assertTrue(shop.exists(user));
        link.heal();
        shop.drop(Shop.REASSIGN, user);
        assertFalse(shop.exists(user));
    }

    @Test
    void settle_answersWhetherTheDeadlineHasPassedByTheServersClock() throws Exception {
        User user = shop.created();
        Instant ahead = CLOCK.instant().plusSeconds(60);
        assertFalse(shop.database.settle(shop.place, Shop.REASSIGN, user, ahead, shop.soon()));
        assertFalse(shop.exists(user));
        assertTrue(shop.database.settle(shop.place, Shop.REASSIGN, user, CLOCK.instant(), shop.soon()));
    }

    @Test
    void settle_waitsForACreationThatIsUnderWay() throws Exception {
        User user = Shop.user();
        Creation slow = new Creation(List.of(Shop.CREATE, "SELECT pg_catalog.pg_sleep(2)"), List.of(), 1);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<?> creating = thread.submit(() -> {
            shop.create(slow, user);
            return true;
        });
        String waiting =
                "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND query LIKE '%" + user.name() + "%'";
        while (shop.ask(waiting).isEmpty()) {
            Thread.onSpinWait();
        }
        assertTrue(shop.database.settle(shop.place, Shop.REASSIGN, user, CLOCK.instant(), shop.soon()));
        assertFalse(shop.exists(user));
        creating.get();
        thread.shutdown();
        assertFalse(shop.exists(user));
    }

    private static NewUser fresh(User user) {
        return new NewUser(user, Secret.of(Shop.PASSWORD), CLOCK.instant().plusSeconds(3600));
    }

    private static void assertUnavailable(Executable call) {
        assertThrows(Unavailable.class, call);
    }
}
