package io.daypass.engine.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.plugin.Refused;
import io.daypass.plugin.database.User;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(ints = {14, 16, 18})
class ExtendIT {
    private final int version;
    private Shop shop;

    ExtendIT(int version) {
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
    void extend_movesTheEndLater() throws Exception {
        User user = shop.created();
        Instant later = shop.inAnHour().plusSeconds(3600);
        extend(user, List.of(), later);
        assertEndsAt(user, later);
    }

    @Test
    void extend_neverMovesItEarlier() throws Exception {
        User user = shop.created();
        Instant later = shop.inAnHour().plusSeconds(3600);
        extend(user, List.of(), later);
        extend(user, List.of(), later.minusSeconds(600));
        assertEndsAt(user, later);
    }

    @Test
    void extend_setsAnEnd_whereThereIsNone() throws Exception {
        User user = shop.created();
        shop.execute("ALTER ROLE \"" + user.name() + "\" VALID UNTIL 'infinity'");
        Instant end = shop.inAnHour();
        extend(user, List.of("ALTER ROLE \"{{name}}\" VALID UNTIL '{{expiration}}'"), end);
        assertEndsAt(user, end);
    }

    @Test
    void extend_ofAnAbsentUser_isRefused_andMakesNone() {
        User user = Shop.user();
        Refused refused = assertThrows(Refused.class, () -> extend(user, List.of(), shop.inAnHour()));
        assertTrue(Shop.text(refused).contains(SqlStates.ABSENT), Shop.text(refused));
        assertFalse(shop.exists(user));
    }

    @Test
    void extend_runsTheRolesStatements_butKeepsTheEnd() throws Exception {
        User user = shop.created();
        Instant later = shop.inAnHour().plusSeconds(3600);
        extend(
                user,
                List.of(
                        "COMMENT ON ROLE \"{{name}}\" IS 'until {{expiration}}'",
                        "ALTER ROLE \"{{name}}\" VALID UNTIL '2000-01-01'"),
                later);
        assertEndsAt(user, later);
        assertEquals(
                List.of("until " + Sql.bare(later)),
                shop.ask("SELECT shobj_description(oid, 'pg_authid') FROM pg_roles WHERE rolname = '" + user.name()
                        + "'"));
    }

    @Test
    void extend_byManyAtOnce_endsWithTheLatest() throws Exception {
        User user = shop.created();
        Instant from = shop.inAnHour();
        List<Instant> ends = new ArrayList<>();
        for (int i = 1; i <= 60; i++) {
            ends.add(from.plusSeconds(i));
        }
        Collections.shuffle(ends, new Random(42));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Callable<Boolean>> calls = new ArrayList<>();
        ends.forEach(end -> calls.add(() -> {
            extend(user, List.of(), end);
            return true;
        }));
        for (Future<Boolean> each : threads.invokeAll(calls)) {
            assertTrue(each.get());
        }
        threads.shutdown();
        assertEndsAt(user, from.plusSeconds(60));
    }

    private void extend(User user, List<String> renewal, Instant until) throws Exception {
        shop.database.extend(shop.place, user, renewal, until, shop.in(Duration.ofSeconds(10)));
    }

    private void assertEndsAt(User user, Instant end) {
        assertEquals(
                List.of("t"),
                shop.ask("SELECT rolvaliduntil = " + Sql.instant(end) + " FROM pg_roles WHERE rolname = '" + user.name()
                        + "'"));
    }
}
