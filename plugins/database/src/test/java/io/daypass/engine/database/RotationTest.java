package io.daypass.engine.database;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Invalid;
import io.daypass.plugin.Mount;
import io.daypass.plugin.Refused;
import io.daypass.plugin.Secret;
import io.daypass.plugin.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What is written down and what the database is told, step by step; and what becomes of it when it breaks off. */
class RotationTest {
    private static final Duration DAY = Duration.ofDays(1);

    private final MemoryMount mount = new MemoryMount();
    private MemoryMount.Entries<Connection> connections = new MemoryMount.Entries<>((n, e, d) -> List.of());
    private MemoryMount.Entries<StaticRole> roles = new MemoryMount.Entries<>((n, e, d) -> List.of());

    // The mount keeps tables of any entry; these two are what the engine declared.
    @SuppressWarnings("unchecked")
    @BeforeEach
    void open() throws Exception {
        new DatabaseEngine().open(mount);
        connections = (MemoryMount.Entries<Connection>) requireNonNull(mount.collections.get("config/{connection}"));
        roles = (MemoryMount.Entries<StaticRole>) requireNonNull(mount.collections.get("static-roles/{static_role}"));
        connections.write("shop", connection("host", "broker"));
        mount.connector.passwords.put("broker", Secret.of("login-secret"));
    }

    @Test
    void newRole_hasNoPasswordToShow_untilItWasRotated() throws Exception {
        roles.write("app", role("app"));
        assertThrows(Unavailable.class, () -> creds("app"));
        rotate("app");
        assertEquals(mount.connector.passwords.get("app"), creds("app").password());
        assertEquals(MemoryMount.NOW, creds("app").lastVaultRotation());
        assertEquals(DAY, creds("app").ttl());
        assertEquals(Optional.of(MemoryMount.NOW.plus(DAY)), roles.named("app").due());
    }

    @Test
    void next_isWrittenDown_beforeTheDatabaseIsTold() throws Exception {
        roles.write("app", role("app"));
        mount.connector.whenTold = () -> {
            Rotation progress = roles.named("app").progress();
            assertTrue(progress.isUnderWay());
            assertEquals(Optional.of(MemoryMount.NOW.plusSeconds(10)), progress.tellingUntil());
            assertTrue(roles.named("app").password().isEmpty());
        };
        rotate("app");
        assertFalse(roles.named("app").progress().isUnderWay());
    }

    @Test
    void change_thatBrokeOffBeforeTheDatabaseHeardIt_isTheSameAgain() throws Exception {
        rotated("app");
        Secret before = creds("app").password();
        tomorrow();
        mount.connector.whenTold = () -> {
            throw new Unavailable("away");
        };
        assertThrows(Unavailable.class, () -> rotate("app"));
        StaticRole waiting = roles.named("app");
        Secret next = waiting.progress().next().orElseThrow();
        assertNotEquals(before, next);
        assertEquals(before, creds("app").password());
        assertTrue(creds("app").rotationUnderWay());
        assertEquals("away", StaticRoleShown.of(waiting).lastError().orElseThrow());

        mount.connector.whenTold = () -> {};
        rotate("app");
        assertEquals(next, mount.connector.passwords.get("app"));
        assertEquals(next, creds("app").password());
        assertEquals(Optional.empty(), StaticRoleShown.of(roles.named("app")).lastError());
    }

    @Test
    void change_whoseAnswerWasLost_isFoundByLoggingIn_andNotToldAgain() throws Exception {
        rotated("app");
        tomorrow();
        mount.connector.afterTold = () -> {
            throw new Unavailable("the answer was lost");
        };
        assertThrows(Unavailable.class, () -> rotate("app"));
        mount.connector.afterTold = () -> {};
        mount.connector.calls.clear();
        rotate("app");
        assertEquals(List.of("accepts app in cluster-1/1"), mount.connector.calls);
        assertEquals(mount.connector.passwords.get("app"), creds("app").password());
    }

    @Test
    void change_afterOneThatIsInDoubt_waitsUntilTheDatabaseListensNoMore() throws Exception {
        change_whoseAnswerWasLost_isFoundByLoggingIn_andNotToldAgain();
        assertThrows(Unavailable.class, () -> ask("rotate-role/{static_role}", "app"));
        assertEquals(mount.connector.passwords.get("app"), creds("app").password());
        mount.now = mount.now.plusSeconds(13);
        rotate("app");
        assertEquals(mount.connector.passwords.get("app"), creds("app").password());
        ask("rotate-role/{static_role}", "app");
        assertEquals(mount.connector.passwords.get("app"), creds("app").password());
    }

    @Test
    void change_thatAnotherHasFinishedMeanwhile_isLeftAtThat() throws Exception {
        rotated("app");
        tomorrow();
        StaticRole stale = roles.named("app");
        rotate("app");
        Secret now = creds("app").password();
        mount.connector.calls.clear();
        task().run("app", stale, soon());
        assertEquals(now, creds("app").password());
        assertEquals(List.of(), mount.connector.calls);
    }

    @Test
    void change_whoseWindowHasPassed_waitsForTheNextTime_whateverWasBegun() throws Exception {
        roles.write("app", scheduled("app"));
        rotate("app");
        Secret before = creds("app").password();
        Instant due = Instant.parse("2026-11-25T02:00:00Z");
        assertEquals(Optional.of(due), roles.named("app").due());
        mount.now = due;
        mount.connector.whenTold = () -> {
            throw new Unavailable("away");
        };
        assertThrows(Unavailable.class, () -> rotate("app"));
        mount.connector.whenTold = () -> {};
        mount.now = due.plusSeconds(3601);
        rotate("app");
        assertFalse(roles.named("app").progress().isUnderWay());
        assertEquals(before, mount.connector.passwords.get("app"));
        assertEquals(Optional.of(due.plus(DAY)), roles.named("app").due());
        assertTrue(
                StaticRoleShown.of(roles.named("app")).lastError().orElseThrow().contains("rotation_window"));
        mount.now = due.plus(DAY);
        rotate("app");
        assertNotEquals(before, creds("app").password());
    }

    @Test
    void change_thatTheDatabaseRefuses_isWrittenDownWithoutSecrets_andTriedAgain() throws Exception {
        rotated("app");
        tomorrow();
        Secret before = creds("app").password();
        mount.connector.whenTold = () -> {
            throw new Refused("no " + before.reveal());
        };
        assertThrows(Refused.class, () -> rotate("app"));
        assertEquals(
                "no [redacted]",
                StaticRoleShown.of(roles.named("app")).lastError().orElseThrow());
        assertEquals(Optional.of(Instant.EPOCH), roles.named("app").due());
    }

    @Test
    void role_isChecked() throws Exception {
        rotated("app");
        connections.write("other", connection("HOST", "broker2"));
        assertSays("connection nope", () -> roles.write("x", roleIn("nope", "x")));
        assertSays("static role app's", () -> roles.write("x", role("app")));
        assertSays("static role app's", () -> roles.write("x", roleIn("other", "app")));
        assertSays("rotate-root/shop", () -> roles.write("x", role("broker")));
        assertSays("rotate-root/other", () -> roles.write("x", role("broker2")));
        assertSays("leased users", () -> roles.write("x", role("d-alice-reader-3x0k2fgqe47x8p-1795517017")));
        assertSays("makes users with", () -> roles.write("x", role("daypass-00ff00ff-3")));
        assertSays("quotes", () -> roles.write("x", role("x\"; DROP ROLE y; --")));
        assertSays("can't be changed", () -> roles.write("app", role("app2")));
        assertSays("can't be changed", () -> roles.write("app", roleIn("other", "app")));
        assertSays("static role's user", () -> connections.write("more", connection("host", "app")));
    }

    @Test
    void connection_thatLeadsElsewhere_isRefused_whereStaticRolesAre() throws Exception {
        rotated("app");
        mount.connector.identity = "cluster-2/1";
        Connection moved =
                connection("elsewhere", "broker").with(connections.named("shop").learnt());
        assertSays("1 static role", () -> connections.write("shop", moved));
    }

    @Test
    void root_isRotated_whenAskedFor_andNotBefore() throws Exception {
        ask("rotate-root/{connection}", "shop");
        Connection after = connections.named("shop");
        assertNotEquals(Secret.of("login-secret"), after.password());
        assertEquals(mount.connector.passwords.get("broker"), after.password());
        assertEquals(Optional.of(MemoryMount.NOW), ConnectionShown.of(after).lastRootRotation());
        mount.connector.calls.clear();
        mount.now = mount.now.plus(DAY);
        requireNonNull(mount.due.get("config/{connection}")).now("shop", soon());
        assertEquals(List.of(), mount.connector.calls);
    }

    @Test
    void root_whoseAnswerWasLost_isFoundByLoggingIn() throws Exception {
        mount.connector.afterTold = () -> {
            throw new Unavailable("the answer was lost");
        };
        assertThrows(Unavailable.class, () -> ask("rotate-root/{connection}", "shop"));
        assertEquals(Secret.of("login-secret"), connections.named("shop").password());
        mount.connector.afterTold = () -> {};
        requireNonNull(mount.due.get("config/{connection}")).now("shop", soon());
        assertEquals(
                mount.connector.passwords.get("broker"),
                connections.named("shop").password());
    }

    @Test
    void root_thatAnotherConnectionLogsInWithToo_isLeftAlone() throws Exception {
        connections.write("twin", connection("host", "broker"));
        assertSays("twin", () -> ask("rotate-root/{connection}", "shop"));
        assertEquals(Secret.of("login-secret"), connections.named("shop").password());
    }

    @Test
    void password_thatOnlyDaypassKnows_isNotWrittenOver_byOneThatWasNotTried() throws Exception {
        ask("rotate-root/{connection}", "shop");
        Connection rotated = connections.named("shop");
        Connection overwritten = DatabaseEngineTest.unverified("host", "guess")
                .with(rotated.learnt())
                .at(rotated.progress());
        mount.connector.calls.clear();
        connections.write("shop", overwritten);
        assertEquals(List.of("target"), mount.connector.calls);
    }

    private void rotated(String name) throws Exception {
        roles.write(name, role(name));
        rotate(name);
    }

    private void tomorrow() {
        mount.now = mount.now.plus(DAY);
    }

    private void rotate(String name) throws Exception {
        requireNonNull(mount.due.get("static-roles/{static_role}")).now(name, soon());
    }

    // The mount keeps tasks of any entry; this is the one that the engine declared.
    @SuppressWarnings("unchecked")
    private Mount.Task<StaticRole> task() {
        return (Mount.Task<StaticRole>) requireNonNull(mount.tasks.get("static-roles/{static_role}"));
    }

    private void ask(String path, String name) throws Exception {
        requireNonNull(mount.actions.get(path)).run(variable -> name, soon());
    }

    private StaticCredentials creds(String name) throws Exception {
        Mount.Read<?> read = requireNonNull(mount.reads.get("static-creds/{static_role}"));
        return (StaticCredentials) read.read(variable -> name, soon()).orElseThrow();
    }

    private Deadline soon() {
        return new Deadline(mount.now.plusSeconds(10), () -> mount.now);
    }

    private static void assertSays(String text, Executable call) {
        Invalid thrown = assertThrows(Invalid.class, call);
        assertTrue(String.valueOf(thrown.getMessage()).contains(text), thrown.getMessage());
    }

    private static Connection connection(String url, String username) {
        return DatabaseEngineTest.connection(url, username);
    }

    private static StaticRole role(String username) {
        return roleIn("shop", username);
    }

    private static StaticRole roleIn(String connection, String username) {
        return role(connection, username, Optional.of(DAY), "", Duration.ZERO);
    }

    private static StaticRole scheduled(String username) {
        return role("shop", username, Optional.empty(), "0 2 * * *", Duration.ofHours(1));
    }

    private static StaticRole role(
            String connection, String username, Optional<Duration> period, String schedule, Duration window) {
        return new StaticRole(
                connection,
                username,
                period,
                schedule,
                window,
                "UTC",
                List.of(),
                "password",
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
