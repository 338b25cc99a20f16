package io.daypass.engine.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.plugin.Refused;
import io.daypass.plugin.Secret;
import io.daypass.plugin.Unavailable;
import io.daypass.plugin.database.Creation;
import io.daypass.plugin.database.NewUser;
import io.daypass.plugin.database.Place;
import io.daypass.plugin.database.User;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(ints = {14, 16, 18})
class CreateIT {
    private final int version;
    private Shop shop;

    CreateIT(int version) {
        this.version = version;
    }

    @BeforeEach
    void open() throws Exception {
        shop = Shop.byMintingLogin(version);
    }

    @AfterEach
    void close() {
        // There is none where its server is not to be had.
        if (shop != null) {
            shop.close();
        }
    }

    @Test
    void create_makesAUser_whoReadsThroughItsGroup() throws Exception {
        User user = shop.created();
        try (Connection connection = shop.login(user);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name FROM shop.item")) {
            assertTrue(rows.next());
            assertEquals("pen", rows.getString(1));
        }
    }

    @Test
    void create_inAnotherDatabaseThanWasMeant_makesNothing_notEvenItsLogin() {
        Place meant = new Place("1/1", shop.place.login());
        User user = Shop.user();
        NewUser fresh = new NewUser(user, Secret.of(Shop.PASSWORD), shop.inAnHour());
        Unavailable thrown = assertThrows(
                Unavailable.class, () -> shop.database.create(meant, Shop.CREATION, List.of(fresh), shop.soon()));
        assertTrue(Shop.text(thrown).contains("leads to another server"), Shop.text(thrown));
        assertFalse(shop.exists(user));
        assertEquals(List.of(), shop.ask("SELECT rolname FROM pg_roles WHERE rolname = '" + shop.place.login() + "'"));
    }

    @Test
    void create_byASessionThatIsNeverIdle_noticesThatTheClocksDrift() throws Exception {
        AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
        InstantSource drifting = () -> InstantSource.system().instant().plus(ahead.get());
        try (Shop busy = Shop.of(shop.server, shop.server.port(), drifting)) {
            busy.created();
            Unavailable thrown = assertThrows(Unavailable.class, () -> {
                for (int i = 0; i < 200; i++) {
                    ahead.updateAndGet(before -> before.plusMillis(400));
                    busy.created();
                }
            });
            assertTrue(Shop.text(thrown).contains("the clocks are too far apart"), Shop.text(thrown));
        }
    }

    @Test
    void create_ofMany_makesAll() throws Exception {
        List<User> users = Shop.users(64);
        shop.create(new Creation(List.of(Shop.CREATE), List.of("readonly"), 1), users);
        for (User user : users) {
            assertTrue(shop.exists(user));
        }
        shop.login(users.get(63)).close();
        shop.database.drop(shop.place, Shop.REASSIGN, users, shop.soon());
        assertTrue(users.stream().noneMatch(shop::exists));
    }

    @Test
    void create_withOneThatFails_leavesNone() throws Exception {
        List<User> users = Shop.users(8);
        shop.execute("CREATE ROLE \"" + users.get(5).name() + "\"");
        Refused refused = assertThrows(Refused.class, () -> shop.create(Shop.CREATION, users));
        assertTrue(Shop.text(refused).contains("42710"), Shop.text(refused));
        assertEquals(1, users.stream().filter(shop::exists).count());
    }

    @Test
    void create_withBadSql_isRefused_withoutTheVerifier() {
        User user = Shop.user();
        Creation bad = creation(Shop.CREATE, "GRANT no_such_role TO \"{{name}}\"");
        Refused refused = assertThrows(Refused.class, () -> shop.create(bad, user));
        assertEquals("role \"no_such_role\" does not exist (SQLSTATE 42704)", Shop.text(refused));
        assertFalse(shop.exists(user));

        Creation telling = creation("GRANT \"{{password}}\" TO \"{{name}}\"");
        Refused told = assertThrows(Refused.class, () -> shop.create(telling, user));
        assertFalse(Shop.text(told).contains("SCRAM"), Shop.text(told));
    }

    @Test
    void create_whoseSqlMakesNoSuchRole_isRefused() {
        User user = Shop.user();
        Refused refused =
                assertThrows(Refused.class, () -> shop.create(creation("SELECT '{{name}}', '{{password}}'"), user));
        assertTrue(Shop.text(refused).contains("made no role " + user.name()), Shop.text(refused));
    }

    @Test
    void create_setsTheEnd_whereTheSqlForgetsIt() throws Exception {
        User forgotten = Shop.user();
        shop.create(creation("CREATE ROLE \"{{name}}\" LOGIN PASSWORD '{{password}}'"), forgotten);
        User other = Shop.user();
        shop.create(creation("CREATE ROLE \"{{name}}\" LOGIN PASSWORD '{{password}}' VALID UNTIL 'infinity'"), other);
        for (User user : List.of(forgotten, other)) {
            assertEquals(
                    List.of("t"),
                    shop.ask("SELECT rolvaliduntil BETWEEN now() + '59 min' AND now() + '61 min' FROM pg_roles"
                            + " WHERE rolname = '" + user.name() + "'"));
        }
    }

    @Test
    void create_withTransactionControlHidden_isRefusedByTheServer() {
        User user = Shop.user();
        Creation hidden = creation(Shop.CREATE, "DO $$ BEGIN COMMIT; END $$");
        assertThrows(Refused.class, () -> shop.create(hidden, user));
        assertFalse(shop.exists(user));
    }

    @Test
    void create_thatSetsSessionState_leavesNoneBehind() throws Exception {
        User user = Shop.user();
        shop.create(
                creation(
                        Shop.CREATE,
                        "SELECT pg_catalog.set_config('search_path', 'nowhere', false)",
                        "SET LOCAL work_mem = '7MB'"),
                user);
        User next = Shop.user();
        Creation needsDefault = creation(
                Shop.CREATE,
                "DO $$ BEGIN IF current_setting('search_path') = 'nowhere' OR"
                        + " current_setting('work_mem') = '7MB' THEN RAISE 'left behind'; END IF; END $$");
        shop.create(needsDefault, next);
        assertTrue(shop.exists(next));
    }

    @Test
    void create_afterItsDeadlineByTheServersClock_isRefusedByIt() throws Exception {
        // 1.5 s behind: not so far that it is refused for that, but later than the deadline of 1 s.
        InstantSource behind = () -> InstantSource.system().instant().minusMillis(1500);
        try (Shop late = Shop.of(shop.server, shop.server.port(), behind)) {
            User user = Shop.user();
            Unavailable refused = assertThrows(
                    Unavailable.class,
                    () -> late.database.create(
                            late.place,
                            Shop.CREATION,
                            List.of(new NewUser(user, Secret.of(Shop.PASSWORD), late.inAnHour())),
                            late.in(Duration.ofSeconds(1))));
            assertTrue(Shop.text(refused).contains(SqlStates.TOO_LATE), Shop.text(refused));
            assertFalse(shop.exists(user));
        }
    }

    @Test
    void create_whereTheClocksDisagree_isUnavailable_namingBoth() throws Exception {
        InstantSource ahead = () -> InstantSource.system().instant().plusSeconds(3600);
        try (Shop off = Shop.of(shop.server, shop.server.port(), ahead)) {
            Unavailable refused = assertThrows(Unavailable.class, off::created);
            assertTrue(Shop.text(refused).contains("here it is"), Shop.text(refused));
            assertTrue(off.database.target(off.soon()).warnings().stream().anyMatch(each -> each.contains("clock")));
        }
    }

    @Test
    void create_letsNoPasswordReachTheLog() throws Exception {
        shop.created();
        String log = shop.server.log();
        assertTrue(log.contains("SCRAM-SHA-256$4096:"));
        assertFalse(log.contains(Shop.PASSWORD));
    }

    @Test
    void create_manyAtOnceThatGrantOnOneTable_areTriedAgainUntilTheyPass() throws Exception {
        shop.execute(
                "GRANT USAGE ON SCHEMA shop TO broker WITH GRANT OPTION",
                "GRANT SELECT ON shop.item TO broker WITH GRANT OPTION");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Shop configured = Shop.of(version)) {
            Creation granting =
                    new Creation(List.of(Shop.CREATE, "GRANT SELECT ON shop.item TO \"{{name}}\""), List.of(), 1);
            List<Callable<User>> calls = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                User user = Shop.user();
                calls.add(() -> {
                    configured.create(granting, user);
                    return user;
                });
            }
            List<User> made = new ArrayList<>();
            for (Future<User> each : threads.invokeAll(calls)) {
                made.add(each.get());
            }
            configured.database.drop(configured.place, Shop.REASSIGN, made, configured.soon());
            assertTrue(made.stream().noneMatch(shop::exists));
        } finally {
            threads.shutdownNow();
        }
    }

    private static Creation creation(String... statements) {
        return new Creation(List.of(statements), List.of(), 4096);
    }
}
