package io.daypass.engine.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.plugin.EngineException;
import io.daypass.plugin.Unavailable;
import io.daypass.plugin.database.Creation;
import io.daypass.plugin.database.Place;
import io.daypass.plugin.database.Removal;
import io.daypass.plugin.database.User;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** What ends with a user, by the configured login and by a minting login. */
@ParameterizedClass
@CsvSource({"14,false", "16,true", "18,false", "18,true"})
class RevokeIT {
    private final int version;
    private final boolean byMintingLogin;
    private Shop shop;

    RevokeIT(int version, boolean byMintingLogin) {
        this.version = version;
        this.byMintingLogin = byMintingLogin;
    }

    @BeforeEach
    void open() throws Exception {
        shop = byMintingLogin ? Shop.byMintingLogin(version) : Shop.of(version);
    }

    @AfterEach
    void close() {
        // There is none where its server is not to be had.
        if (shop != null) {
            shop.close();
        }
    }

    @Test
    void drop_twice_isTheSame() throws Exception {
        User user = shop.created();
        shop.drop(Shop.REASSIGN, user);
        shop.drop(Shop.REASSIGN, user);
        assertFalse(shop.exists(user));
    }

    @Test
    void drop_ofWhatWasNeverMade_succeeds() throws Exception {
        shop.drop(Shop.REASSIGN, Shop.user(), Shop.user());
    }

    @Test
    void drop_afterEveryPrefixOfACreation_leavesNothing() throws Exception {
        List<Creation> prefixes = List.of(
                new Creation(List.of("CREATE ROLE \"{{name}}\""), List.of(), 1),
                new Creation(List.of("CREATE ROLE \"{{name}}\" LOGIN PASSWORD '{{password}}'"), List.of(), 1),
                Shop.CREATION);
        for (Creation prefix : prefixes) {
            User user = Shop.user();
            shop.create(prefix, user);
            shop.drop(Shop.REASSIGN, user);
            assertFalse(shop.exists(user));
        }
    }

    @Test
    void drop_ofAHalfEndedUser_endsIt() throws Exception {
        User user = shop.created();
        Connection connection = shop.login(user);
        String oid = shop.oid(user);
        shop.execute("ALTER ROLE \"" + user.name() + "\" NOLOGIN");
        shop.drop(Shop.REASSIGN, user);
        assertEnded(user, oid, connection);
    }

    @Test
    void drop_endsSessions_whateverTheyDo() throws Exception {
        User user = shop.created();
        String oid = shop.oid(user);
        try (Sessions sessions = new Sessions(shop, user)) {
            sessions.idle();
            sessions.inTransactionWith("SELECT pg_advisory_xact_lock(" + user.lockKey() + ")");
            sessions.inTransactionWith("LOCK TABLE shop.item IN ACCESS SHARE MODE");
            sessions.after("SET ROLE readonly");
            sessions.running("SELECT pg_sleep(60)");
            sessions.running("SELECT count(*) FROM generate_series(1, 1000000000) a");
            sessions.running("DO $$ BEGIN LOOP BEGIN PERFORM pg_sleep(0.01); EXCEPTION WHEN query_canceled THEN NULL;"
                    + " WHEN others THEN NULL; END; END LOOP; END $$");
            sessions.running("DO $$ BEGIN LOOP PERFORM pg_advisory_lock(" + user.lockKey() + "); END LOOP; END $$");
            assertEquals(8, shop.sessions(oid));
            shop.drop(Shop.REASSIGN, user);
            assertEquals(0, shop.sessions(oid));
            assertFalse(shop.exists(user));
            assertThrows(SQLException.class, () -> shop.login(user));
        }
    }

    @Test
    void drop_whileLoginsGoOn_leavesNoSession() throws Exception {
        for (int i = 0; i < 5; i++) {
            User user = shop.created();
            String oid = shop.oid(user);
            try (Sessions sessions = new Sessions(shop, user)) {
                sessions.loginsInALoop(6);
                shop.drop(Shop.REASSIGN, user);
                assertEquals(0, shop.sessions(oid));
            }
            assertEquals(0, shop.sessions(oid));
        }
    }

    @Test
    void drop_whereAStrangerHoldsTheLock_endsTheStranger() throws Exception {
        User user = shop.created();
        User stranger = shop.created();
        Connection connection = shop.login(stranger);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + user.lockKey() + ")");
        }
        shop.drop(Shop.REASSIGN, user);
        assertFalse(shop.exists(user));
        assertTrue(isDead(connection));
    }

    @Test
    void drop_ofAnOwner_givesItsThingsToTheConfiguredLogin() throws Exception {
        assertEquals(List.of("broker"), ownerAfter(Shop.REASSIGN));
    }

    @Test
    void drop_ofAnOwner_givesItsThingsToWhomTheRoleSays() throws Exception {
        shop.execute("DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'heir') THEN"
                + " CREATE ROLE heir; GRANT heir TO broker; END IF; END $$");
        assertEquals(List.of("heir"), ownerAfter(new Removal(List.of(), false, "heir")));
    }

    @Test
    void drop_ofAnOwner_dropsItsThings_whereTheRoleSaysSo() throws Exception {
        assertEquals(List.of(), ownerAfter(Shop.DROP));
    }

    private List<String> ownerAfter(Removal removal) throws Exception {
        User user = shop.created();
        User other = shop.created();
        String table = "t" + Math.abs(user.lockKey());
        shop.execute("GRANT CREATE ON SCHEMA shop TO \"" + user.name() + "\"");
        try (Connection connection = shop.login(user);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE shop." + table + " (x int)");
            statement.execute("GRANT SELECT ON shop." + table + " TO readonly");
            statement.execute("ALTER DEFAULT PRIVILEGES IN SCHEMA shop GRANT SELECT ON TABLES TO readonly");
        }
        shop.execute("REVOKE CREATE ON SCHEMA shop FROM \"" + user.name() + "\"");
        shop.drop(removal, user, other);
        assertFalse(shop.exists(user));
        assertFalse(shop.exists(other));
        return shop.ask("SELECT tableowner FROM pg_tables WHERE tablename = '" + table + "'");
    }

    @Test
    void drop_ofAUserWithItsOwnDirectGrants_succeeds() throws Exception {
        shop.execute(
                "GRANT USAGE ON SCHEMA shop TO broker WITH GRANT OPTION",
                "GRANT SELECT ON shop.item TO broker WITH GRANT OPTION");
        try (Shop configured = Shop.of(version)) {
            User user = Shop.user();
            configured.create(
                    new Creation(
                            List.of(
                                    Shop.CREATE,
                                    "GRANT USAGE ON SCHEMA shop TO \"{{name}}\"",
                                    "GRANT SELECT ON shop.item TO \"{{name}}\""),
                            List.of(),
                            1),
                    user);
            configured.drop(Shop.REASSIGN, user);
            assertFalse(shop.exists(user));
        }
    }

    @Test
    void drop_ofAnOwnerElsewhere_saysWhere_andForbidsTheLogin() throws Exception {
        String elsewhere = "elsewhere" + Math.abs(Shop.user().lockKey());
        shop.execute("CREATE DATABASE " + elsewhere);
        User user = shop.created();
        shop.server.execute(
                elsewhere, "CREATE TABLE kept (x int)", "ALTER TABLE kept OWNER TO \"" + user.name() + "\"");
        EngineException blocked = assertThrows(EngineException.class, () -> shop.drop(Shop.REASSIGN, user));
        assertTrue(Shop.text(blocked).contains("1 object in database " + elsewhere), Shop.text(blocked));
        assertTrue(shop.exists(user));
        assertThrows(SQLException.class, () -> shop.login(user));
        shop.server.execute(elsewhere, "DROP TABLE kept");
        shop.drop(Shop.REASSIGN, user);
        assertFalse(shop.exists(user));
    }

    @Test
    void drop_ofAUserThatChangedItsPassword_endsIt() throws Exception {
        User user = shop.created();
        Connection connection = shop.login(user);
        String oid = shop.oid(user);
        try (Statement statement = connection.createStatement()) {
            statement.execute("ALTER ROLE \"" + user.name() + "\" PASSWORD 'mine'");
        }
        shop.drop(Shop.REASSIGN, user);
        assertEnded(user, oid, connection);
        assertThrows(SQLException.class, () -> shop.server.connect(Servers.DATABASE, user.name(), "mine"));
    }

    @Test
    void drop_runsTheRolesOwnStatements_forAUserThatIsThere() throws Exception {
        shop.execute(
                "CREATE TABLE IF NOT EXISTS shop.ended (name text)",
                "GRANT INSERT ON shop.ended TO PUBLIC",
                "GRANT USAGE ON SCHEMA shop TO PUBLIC");
        User user = shop.created();
        Removal own = new Removal(List.of("INSERT INTO shop.ended VALUES ('{{name}}')"), false, "");
        shop.drop(own, user, Shop.user());
        shop.drop(own, user);
        assertEquals(List.of("1"), shop.ask("SELECT count(*) FROM shop.ended WHERE name = '" + user.name() + "'"));
        Removal wrong = new Removal(List.of("SELECT 1/0"), false, "");
        User kept = shop.created();
        EngineException failed = assertThrows(EngineException.class, () -> shop.drop(wrong, kept));
        assertTrue(Shop.text(failed).contains("22012"), Shop.text(failed));
        assertThrows(SQLException.class, () -> shop.login(kept));
    }

    @Test
    void drop_inAnotherDatabaseThanTheUsers_isUnavailable_andTouchesNothing() throws Exception {
        User user = shop.created();
        Place other = new Place("1/1", shop.place.login());
        Unavailable refused = assertThrows(
                Unavailable.class, () -> shop.database.drop(other, Shop.REASSIGN, List.of(user), shop.soon()));
        assertTrue(Shop.text(refused).contains("another server"), Shop.text(refused));
        assertThrows(
                Unavailable.class,
                () -> shop.database.settle(other, Shop.REASSIGN, user, shop.clock.instant(), shop.soon()));
        assertThrows(
                Unavailable.class, () -> shop.database.extend(other, user, List.of(), shop.inAnHour(), shop.soon()));
        shop.login(user).close();
    }

    private void assertEnded(User user, String oid, Connection connection) {
        assertFalse(shop.exists(user));
        assertEquals(0, shop.sessions(oid));
        assertTrue(isDead(connection));
    }

    private static boolean isDead(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
            return false;
        } catch (SQLException e) {
            return true;
        }
    }
}
