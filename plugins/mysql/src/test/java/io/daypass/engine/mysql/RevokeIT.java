package io.daypass.engine.mysql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.Await;
import io.daypass.embedded.source.MySqlSource;
import io.daypass.plugin.Refused;
import io.daypass.plugin.Unavailable;
import io.daypass.plugin.database.Removal;
import io.daypass.plugin.database.User;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Users as they end. */
@ParameterizedClass
@EnumSource
class RevokeIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Shop shop;

    RevokeIT(MySqlSource source) throws IOException {
        shop = Shop.of(source);
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        shop.close();
    }

    @Test
    void sessions_inTheMiddleOfAStatement_areEnded() throws Exception {
        User user = shop.created();
        try (Connection login = shop.login(user);
                Statement statement = login.createStatement()) {
            Future<Boolean> sleeping = threads.submit(() -> statement.execute("SELECT SLEEP(60)"));
            String asleep =
                    "SELECT 1 FROM information_schema.PROCESSLIST WHERE INFO LIKE 'SELECT SLEEP(60)%' AND USER = '"
                            + user.name() + "'";
            Await.until(SOON, "it sleeps", () -> !shop.ask(asleep).isEmpty());
            shop.drop(user);
            assertThrows(Exception.class, sleeping::get);
        }
        assertEquals(List.of(), shop.sessions(user.name()));
        assertFalse(shop.exists(user));
    }

    @Test
    void userWhoKeepsLoggingIn_isOutInTheEnd() throws Exception {
        User user = shop.created();
        AtomicBoolean ended = new AtomicBoolean();
        List<Future<Integer>> hammering = IntStream.range(0, 4)
                .mapToObj(i -> threads.submit(() -> {
                    int logins = 0;
                    while (!ended.get()) {
                        try {
                            // Left open: what is not ended by the server stays.
                            shop.login(user);
                            logins++;
                        } catch (SQLException refused) {
                            Thread.onSpinWait();
                        }
                    }
                    return logins;
                }))
                .toList();
        Await.until(SOON, "it is in", () -> shop.sessions(user.name()).size() > 20);
        shop.drop(user);
        List<String> left = shop.sessions(user.name());
        ended.set(true);
        int logins = 0;
        for (Future<Integer> each : hammering) {
            logins += each.get();
        }
        assertTrue(logins > 20);
        assertEquals(List.of(), left);
        assertEquals(List.of(), shop.sessions(user.name()));
    }

    @Test
    void droppedBySomeoneElse_itsSessionsAreEndedAllTheSame() throws Exception {
        User user = shop.created();
        try (Connection login = shop.login(user)) {
            shop.execute("DROP USER '" + user.name() + "'@'%'");
            shop.drop(user);
            assertFalse(login.isValid(1));
        }
    }

    @Test
    void lockHeldByAStranger_endsTheStranger() throws Exception {
        User user = shop.created();
        try (Connection stranger = shop.login(user);
                Connection another = shop.server.server().admin()) {
            hold(stranger, user);
            shop.drop(user);
            assertFalse(stranger.isValid(1));
            User next = shop.created();
            hold(another, next);
            shop.drop(next);
            assertFalse(another.isValid(1));
            assertFalse(shop.exists(next));
        }
    }

    private static void hold(Connection connection, User user) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(String.format("DO GET_LOCK('daypass-%016x', 0)", user.lockKey()));
        }
    }

    @Test
    void ownStatements_run_andWhatIsRefusedKeepsNobody() throws Exception {
        User user = shop.created();
        Removal removal = new Removal(
                List.of(
                        "REVOKE INSERT ON shop.item FROM '{{name}}'@'%'; REVOKE ALL PRIVILEGES, GRANT OPTION FROM '{{name}}'@'%'",
                        "DROP USER '{{name}}'@'%'"),
                false,
                "");
        shop.database.drop(shop.place, removal, List.of(user, Shop.user()), shop.soon());
        assertFalse(shop.exists(user));
    }

    @Test
    void withoutTheRightToSeeSessions_nothingIsMade_andNothingIsSaidToBeEnded() throws Exception {
        shop.execute(
                "CREATE USER 'poor'@'%' IDENTIFIED BY 'password-of-the-poor'",
                "GRANT CREATE USER ON *.* TO 'poor'@'%'", "GRANT SELECT ON mysql.user TO 'poor'@'%'");
        User user = shop.created();
        try (Shop poor =
                Shop.as(shop.server, shop.server.port(), "poor", "password-of-the-poor", InstantSource.system())) {
            assertTrue(poor.database.target(poor.soon()).warnings().toString().contains("GRANT PROCESS"));
            assertThrows(Refused.class, poor::created);
            assertThrows(Unavailable.class, () -> poor.drop(user));
        } finally {
            shop.execute("DROP USER 'poor'@'%'");
            shop.drop(user);
        }
    }

    @Test
    void hundredsAtOnce_goInLists() throws Exception {
        List<User> users = Shop.users(64);
        shop.create(Shop.CREATION, users, shop.soon());
        shop.drop(users.toArray(User[]::new));
        assertTrue(users.stream().noneMatch(shop::exists));
    }
}
