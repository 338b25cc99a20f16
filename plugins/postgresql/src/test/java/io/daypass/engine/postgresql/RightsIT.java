package io.daypass.engine.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.plugin.Refused;
import io.daypass.plugin.Secret;
import io.daypass.plugin.Unavailable;
import io.daypass.plugin.database.Creation;
import io.daypass.plugin.database.Database;
import io.daypass.plugin.database.MintingLogin;
import io.daypass.plugin.database.NewUser;
import io.daypass.plugin.database.Place;
import io.daypass.plugin.database.User;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the rights that the manual asks for, with fewer, and with users who use theirs. */
class RightsIT {
    private static final InstantSource CLOCK = InstantSource.system();

    @ParameterizedTest
    @ValueSource(ints = {14, 16, 18})
    void target_tellsWhatIsMissing(int version) throws Exception {
        try (Shop shop = Shop.of(version)) {
            assertEquals(List.of(), shop.database.target(shop.soon()).warnings());
            assertEquals(version >= 16, shop.database.target(shop.soon()).paysForUsers());
        }
        ShopServer server = Servers.of(version);
        server.execute("postgres", "CREATE ROLE bare LOGIN PASSWORD 'bare'");
        try (Shop shop = Shop.as(server, server.port(), "bare", "bare", CLOCK)) {
            List<String> warnings = shop.database.target(shop.soon()).warnings();
            assertEquals(2, warnings.size(), warnings::toString);
            assertThrows(Refused.class, shop::created);
        }
        server.execute("postgres", "DROP ROLE bare");
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 16, 18})
    void drop_withoutTheRightToEndSessions_endsThemAllTheSame(int version) throws Exception {
        ShopServer server = Servers.of(version);
        server.execute(
                "postgres",
                "CREATE ROLE modest LOGIN CREATEROLE PASSWORD 'modest'",
                "GRANT readonly TO modest WITH ADMIN OPTION");
        try (Shop shop = Shop.as(server, server.port(), "modest", "modest", CLOCK)) {
            User user = shop.created();
            String oid = shop.oid(user);
            try (Sessions sessions = new Sessions(shop, user)) {
                sessions.idle();
                sessions.loginsInALoop(3);
                shop.drop(Shop.REASSIGN, user);
                assertFalse(shop.exists(user));
            }
            assertEquals(0, shop.sessions(oid));
        }
        server.execute("postgres", "DROP ROLE modest");
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 16, 18})
    void drop_ofAUserThatGrantedItselfToAFriend_endsTheFriendsSessionsToo(int version) throws Exception {
        try (Shop shop = Shop.of(version)) {
            User user = shop.created();
            User friend = shop.created();
            try (Connection connection = shop.login(user);
                    Statement statement = connection.createStatement()) {
                statement.execute("GRANT \"" + user.name() + "\" TO \"" + friend.name() + "\", postgres");
            } catch (SQLException e) {
                assertTrue(version >= 15, "only 14 lets a user grant itself");
                return;
            }
            shop.execute("REVOKE readonly FROM \"" + friend.name() + "\"");
            Connection reading = shop.login(friend);
            try (Statement statement = reading.createStatement()) {
                statement.execute("SET ROLE \"" + user.name() + "\"");
                statement.execute("SET ROLE readonly");
                statement.execute("SELECT * FROM shop.item");
                shop.drop(Shop.REASSIGN, user);
                assertThrows(SQLException.class, () -> statement.execute("SELECT * FROM shop.item"));
            }
            assertTrue(shop.exists(friend));
        }
    }

    @Test
    void mintingLogins_areMadeWhenNeeded_andMadeAnewIfTheyAreLost() throws Exception {
        ShopServer server = Servers.of(18);
        MintingLogin login = new MintingLogin("daypass-" + UUID.randomUUID(), Secret.of("first-password"));
        try (Database database = open(server, login);
                Shop shop = Shop.of(18)) {
            Place place = new Place("", login.name());
            User user = Shop.user();
            database.create(place, Shop.CREATION, List.of(fresh(user)), shop.soon());
            assertEquals(
                    List.of(login.name()),
                    shop.ask("SELECT g.rolname FROM pg_auth_members m"
                            + " JOIN pg_roles u ON u.oid = m.roleid JOIN pg_roles g ON g.oid = m.member"
                            + " WHERE u.rolname = '" + user.name() + "'"));
            assertEquals(
                    List.of("f"), shop.ask("SELECT rolsuper FROM pg_roles WHERE rolname = '" + login.name() + "'"));

            server.execute("postgres", "ALTER ROLE \"" + login.name() + "\" PASSWORD 'lost'");
            try (Database anew = open(server, login)) {
                anew.drop(place, Shop.REASSIGN, List.of(user), shop.soon());
            }
            assertFalse(shop.exists(user));
        }
    }

    @Test
    void mintingLogin_thatIsNotKnown_isUnavailable() throws Exception {
        try (Shop shop = Shop.of(18)) {
            Place lost = new Place("", "daypass-of-old");
            User user = Shop.user();
            Unavailable thrown = assertThrows(
                    Unavailable.class, () -> shop.database.drop(lost, Shop.REASSIGN, List.of(user), shop.soon()));
            assertTrue(Shop.text(thrown).contains("daypass-of-old"), Shop.text(thrown));
        }
    }

    @Test
    void mintingLogins_shareTheLimitOfConnections() throws Exception {
        ShopServer server = Servers.of(18);
        List<MintingLogin> logins = List.of(login("a"), login("b"), login("c"), login("d"), login("e"), login("f"));
        try (Database database = open(server, logins.toArray(MintingLogin[]::new));
                Shop shop = Shop.of(18)) {
            String names = logins.stream().map(login -> Sql.text(login.name())).collect(Collectors.joining(","));
            for (int i = 0; i < 3; i++) {
                for (MintingLogin login : logins) {
                    User user = Shop.user();
                    Place place = new Place("", login.name());
                    database.create(place, Shop.CREATION, List.of(fresh(user)), shop.soon());
                    database.drop(place, Shop.REASSIGN, List.of(user), shop.soon());
                    String open = shop.ask(
                                    "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'daypass' AND usename IN ("
                                            + names + ")")
                            .get(0);
                    assertTrue(Integer.parseInt(open) <= 4, open);
                }
            }
        }
    }

    @Test
    void groupsThatTheLoginMayNotGrant_areRefused() throws Exception {
        ShopServer server = Servers.of(18);
        server.execute("postgres", "CREATE ROLE secret_group");
        MintingLogin login = login("g");
        try (Database database = open(server, login);
                Shop shop = Shop.of(18)) {
            Creation creation = new Creation(List.of(Shop.CREATE), List.of("secret_group"), 4096);
            User user = Shop.user();
            Refused refused = assertThrows(
                    Refused.class,
                    () -> database.create(new Place("", login.name()), creation, List.of(fresh(user)), shop.soon()));
            assertTrue(Shop.text(refused).contains("secret_group"), Shop.text(refused));
            assertFalse(shop.exists(user));
        }
    }

    private static MintingLogin login(String mark) {
        return new MintingLogin(
                "daypass-" + mark + UUID.randomUUID(),
                Secret.of(UUID.randomUUID().toString()));
    }

    private static Database open(ShopServer server, MintingLogin... logins) {
        return new PostgresConnector()
                .open(
                        Shop.config(server.port(), Servers.BROKER, Servers.BROKER_PASSWORD, List.of(logins)),
                        Shop.sources(CLOCK));
    }

    private static NewUser fresh(User user) {
        return new NewUser(user, Secret.of(Shop.PASSWORD), CLOCK.instant().plusSeconds(3600));
    }
}
