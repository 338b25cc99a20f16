package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.PostgresVersion;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A leased user that does not want to go: its end is not delayed, and nobody reads on. */
@ExtendWith(World.Extension.class)
final class HostileUserIT {
    private static final Duration SETTLED = Duration.ofSeconds(30);

    @ParameterizedTest
    @EnumSource
    void user_thatHoldsEveryLockItCan_goesAtOnce(PostgresVersion version, World world) throws Exception {
        DatabaseMount mount = mount(world, version);
        Answer lease = mount.creds().ok();
        try (Connection session = mount.shop().login(lease);
                Statement statement = session.createStatement()) {
            statement.execute("SELECT count(pg_advisory_lock(n)) FROM generate_series(1, 500) n");
            assertGoes(mount, lease);
            assertThrows(SQLException.class, () -> statement.execute("SELECT 1"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void user_thatLogsInForEver_endsWithNoSession(PostgresVersion version, World world) throws Exception {
        DatabaseMount mount = mount(world, version);
        Answer lease = mount.creds().ok();
        AtomicBoolean going = new AtomicBoolean(true);
        List<Connection> sessions = new CopyOnWriteArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(6);
        for (int i = 0; i < 6; i++) {
            threads.execute(() -> {
                while (going.get()) {
                    loginAgain(mount, lease).ifPresent(sessions::add);
                }
            });
        }
        assertGoes(mount, lease);
        going.set(false);
        threads.shutdown();
        assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS));
        for (Connection session : sessions) {
            assertThrows(SQLException.class, () -> Shop.read(session));
            session.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void user_thatOwnsThings_goes_andTheyAreKept(PostgresVersion version, World world) throws Exception {
        DatabaseMount mount = mount(world, version);
        String name = mount.shop().name();
        mount.shop()
                .server()
                .run(
                        name,
                        "CREATE SCHEMA workshop",
                        "GRANT ALL ON SCHEMA workshop TO " + mount.shop().readers());
        Answer lease = mount.creds().ok();
        try (Connection session = mount.shop().login(lease);
                Statement statement = session.createStatement()) {
            statement.execute("CREATE TABLE workshop.mine (n int)");
            statement.execute("CREATE FUNCTION workshop.f() RETURNS int LANGUAGE sql AS 'SELECT 1'");
            statement.execute("SELECT lo_create(0)");
        }
        assertGoes(mount, lease);
        mount.shop().server().run(name, "SELECT * FROM workshop.mine");
    }

    @ParameterizedTest
    @EnumSource
    void user_thatChangesItsPassword_goesAllTheSame(PostgresVersion version, World world) throws Exception {
        DatabaseMount mount = mount(world, version);
        Answer lease = mount.creds().ok();
        String user = lease.data("username");
        try (Connection session = mount.shop().login(lease);
                Statement statement = session.createStatement()) {
            statement.execute("ALTER ROLE \"" + user + "\" PASSWORD 'my-own-password'");
            assertThrows(
                    SQLException.class, () -> statement.execute("ALTER ROLE \"" + user + "\" VALID UNTIL 'infinity'"));
        }
        assertGoes(mount, lease);
        assertThrows(
                SQLException.class,
                () -> mount.shop().server().connect(mount.shop().name(), user, "my-own-password"));
    }

    /** PostgreSQL 14 lets a user grant itself to another; later ones refuse. Either way nobody reads on. */
    @ParameterizedTest
    @EnumSource
    void user_thatGrantsItselfToAnother_leavesNobodyReading(PostgresVersion version, World world) throws Exception {
        DatabaseMount mount = mount(world, version);
        String friend = mount.shop().name() + "_friend";
        mount.shop().server().run("postgres", "CREATE ROLE " + friend + " LOGIN PASSWORD 'friend-password'");
        Answer lease = mount.creds().ok();
        String user = lease.data("username");
        boolean granted;
        try (Connection session = mount.shop().login(lease);
                Statement statement = session.createStatement()) {
            granted = runs(statement, "GRANT \"" + user + "\" TO " + friend);
        }
        try (Connection session = mount.shop().server().connect(mount.shop().name(), friend, "friend-password");
                Statement statement = session.createStatement()) {
            if (granted) {
                statement.execute("SET ROLE \"" + user + "\"");
                statement.execute("SET ROLE " + mount.shop().readers());
                Shop.read(session);
            }
            assertGoes(mount, lease);
            assertThrows(SQLException.class, () -> Shop.read(session));
        }
    }

    private static DatabaseMount mount(World world, PostgresVersion version) throws IOException, SQLException {
        return DatabaseMount.of(world.broker().root(), world.shop(version));
    }

    private static void assertGoes(DatabaseMount mount, Answer lease) throws SQLException {
        Answer revoked = mount.api().put("sys/leases/revoke", Map.of("lease_id", lease.leaseId()));
        assertTrue(revoked.status() == 204, () -> revoked + " " + revoked.warnings() + " " + mount.rows(""));
        mount.settles(SETTLED);
        assertFalse(mount.shop().knows(lease.data("username")));
    }

    private static Optional<Connection> loginAgain(DatabaseMount mount, Answer lease) {
        try {
            return Optional.of(mount.shop().login(lease));
        } catch (SQLException refused) {
            return Optional.empty();
        }
    }

    private static boolean runs(Statement statement, String sql) {
        try {
            statement.execute(sql);
            return true;
        } catch (SQLException refused) {
            return false;
        }
    }
}
