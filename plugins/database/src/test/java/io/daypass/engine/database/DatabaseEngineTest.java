package io.daypass.engine.database;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.plugin.Draft;
import io.daypass.plugin.Invalid;
import io.daypass.plugin.Secret;
import io.daypass.plugin.Unavailable;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class DatabaseEngineTest {
    private final MemoryMount mount = new MemoryMount();
    private MemoryMount.Entries<Connection> connections = new MemoryMount.Entries<>((n, e, d) -> List.of());
    private MemoryMount.Entries<Role> roles = new MemoryMount.Entries<>((n, e, d) -> List.of());

    // The mount keeps tables of any entry; these two are what the engine declared.
    @SuppressWarnings("unchecked")
    @BeforeEach
    void open() throws Exception {
        new DatabaseEngine().open(mount);
        connections = (MemoryMount.Entries<Connection>) requireNonNull(mount.collections.get("config/{connection}"));
        roles = (MemoryMount.Entries<Role>) requireNonNull(mount.collections.get("roles/{role}"));
        connections.write("shop", connection("host", List.of("reader, writer")));
        roles.write("reader", role("shop", Optional.empty()));
        mount.connector.calls.clear();
    }

    @Test
    void draft_namesAllThatEndingTakes() throws Exception {
        DatabaseUser handle = draft("reader", 7).handle();
        assertEquals(
                new DatabaseUser("shop", "", "", "d-7", List.of("renew"), List.of("revoke"), OwnedObjects.REASSIGN, ""),
                handle);
        assertEquals(List.of(), mount.connector.calls);
    }

    @Test
    void draft_ofAnUnknownOrForbiddenRole_isInvalid_namingIt() throws Exception {
        assertSays("nobody", () -> draft("nobody", 1));
        roles.write("other", role("shop", Optional.empty()));
        assertSays("other is not among the allowed_roles of the connection shop", () -> draft("other", 1));
        connections.write("shop", connection("host", List.of("*")));
        assertEquals("d-1", draft("other", 1).handle().name());
    }

    @Test
    void firstMint_writesDownWhichDatabaseItIs_beforeItCreates() throws Exception {
        Credentials answer = minted("reader", 1);
        assertEquals(List.of("target", "create in cluster-1/1 by "), mount.connector.calls);
        assertEquals("host", answer.connection().host());
        assertEquals(answer.password(), mount.connector.created.get(0).password());
        Connection.Learnt learnt = connections.named("shop").learnt().orElseThrow();
        assertEquals("cluster-1/1", learnt.identity());
        assertEquals(40, learnt.logins().size());
        assertEquals(
                40,
                new HashSet<>(learnt.logins().stream()
                                .map(Connection.Login::name)
                                .toList())
                        .size());

        minted("reader", 2);
        assertEquals("create in cluster-1/1 by " + learnt.logins().get(2).name(), mount.connector.calls.get(2));
    }

    @Test
    void logins_takeTurns_asManySideBySideAsThereAreConnections() throws Exception {
        minted("reader", 1);
        Map<String, Integer> users = new HashMap<>();
        for (long n = 0; n < 40 * 256; n++) {
            users.merge(draft("reader", n).handle().login(), 1, Integer::sum);
            if (n == 4 * 256 - 1) {
                assertEquals(4, users.size());
            }
        }
        assertEquals(40, users.size());
        assertEquals(Set.of(256), Set.copyOf(users.values()));
    }

    @Test
    void logins_areNotUsed_whereTheRoleOrTheDatabaseHasNoUseForThem() throws Exception {
        minted("reader", 1);
        mount.connector.needsConfiguredLogin = true;
        assertEquals("", draft("reader", 2).handle().login());

        mount.connector.needsConfiguredLogin = false;
        mount.connector.paysForUsers = false;
        connections.write("old", connection("elsewhere", List.of("*")));
        roles.write("old", role("old", Optional.empty()));
        minted("old", 3);
        assertEquals(List.of(), connections.named("old").learnt().orElseThrow().logins());
        assertEquals("", draft("old", 4).handle().login());
    }

    @Test
    void connection_pointedElsewhere_isRefusedWithTheCount_whileLeasesLive() throws Exception {
        minted("reader", 1);
        Connection moved = connections.named("shop");
        mount.connector.identity = "cluster-2/1";
        mount.leases.live = 3;
        Invalid refused = assertThrows(Invalid.class, () -> connections.write("shop", moved));
        assertTrue(String.valueOf(refused.getMessage()).contains("3 leases live"), refused.getMessage());
        assertTrue(connections.named("shop").learnt().isPresent());

        mount.leases.live = 0;
        connections.write("shop", moved);
        assertTrue(connections.named("shop").learnt().isEmpty());
    }

    @Test
    void connection_pointedElsewhere_asALeaseBegins_isRefused() throws Exception {
        minted("reader", 1);
        Connection before = connections.named("shop");
        mount.connector.identity = "cluster-2/1";
        mount.leases.beforeTheCount = () -> mount.leases.live = 1;
        assertSays("1 lease lives", () -> connections.write("shop", before));
        assertThrows(Invalid.class, () -> reset("shop"));
        Connection unseen = unverified("elsewhere").with(before.learnt());
        assertSays("1 lease lives", () -> connections.write("shop", unseen));
        assertEquals(before, connections.named("shop"));
    }

    @Test
    void connection_pointedElsewhereUnseen_isDraftedForNoMore_beforeItChanges() throws Exception {
        minted("reader", 1);
        Connection before = connections.named("shop");
        List<Connection.Login> logins = before.learnt().orElseThrow().logins();
        connections.write("shop", unverified("alias").with(before.learnt()));
        assertEquals("host", connections.named("shop").connectionUrl());
        DatabaseUser between = draft("reader", 2).handle();
        assertEquals("", between.identity());

        connections.write(
                "shop", unverified("alias").with(connections.named("shop").learnt()));
        assertEquals("alias", connections.named("shop").connectionUrl());
        mount.connector.calls.clear();
        revoke(between);
        assertEquals(List.of("drop 1 in  by "), mount.connector.calls);
        minted("reader", 3);
        assertEquals(logins, connections.named("shop").learnt().orElseThrow().logins());
    }

    @Test
    void firstMint_whoseConnectionIsPointedElsewhereMeanwhile_createsNothing() throws Exception {
        mount.connector.whenAsked = () -> connections.put("shop", connection("elsewhere", List.of("*")));
        assertThrows(Unavailable.class, () -> minted("reader", 1));
        assertEquals(List.of("target"), mount.connector.calls);
    }

    @Test
    void connection_underAnotherNameOfTheSameDatabase_keepsItsLogins() throws Exception {
        minted("reader", 1);
        Connection before = connections.named("shop");
        List<Connection.Login> logins = before.learnt().orElseThrow().logins();
        mount.leases.live = 1;
        connections.write("shop", connection("alias", List.of("*")).with(before.learnt()));
        assertEquals("", draft("reader", 2).handle().identity());
        minted("reader", 2);
        assertEquals(logins, connections.named("shop").learnt().orElseThrow().logins());
        assertEquals("cluster-1/1", draft("reader", 3).handle().identity());
    }

    @Test
    void reset_forgetsAnotherDatabase_ifNoLeaseLives() throws Exception {
        minted("reader", 1);
        mount.connector.identity = "cluster-2/1";
        mount.leases.live = 1;
        assertThrows(Invalid.class, () -> reset("shop"));
        mount.leases.live = 0;
        reset("shop");
        assertTrue(connections.named("shop").learnt().isEmpty());
        assertThrows(Invalid.class, () -> reset("nope"));
    }

    @Test
    void ending_ofAUserDraftedBeforeItsDatabaseWasKnown_looksWhereItWasMade() throws Exception {
        DatabaseUser early = draft("reader", 1).handle();
        minted("reader", 1);
        mount.connector.calls.clear();
        revoke(early);
        settle(early);
        extend(early);
        assertEquals(
                List.of(
                        "drop 1 in cluster-1/1 by ",
                        "settle d-1 in cluster-1/1",
                        "extend d-1 in cluster-1/1 until 2026-11-24T11:00:00Z"),
                mount.connector.calls);
    }

    @Test
    void role_isChecked() throws Exception {
        assertEquals(List.of("checked 4096"), roles.write("reader", role("shop", Optional.empty())));
        assertEquals(List.of("checked 1"), roles.write("reader", role("shop", Optional.of(1))));
        assertSays("no connection nope", () -> roles.write("r", role("nope", Optional.empty())));
        assertSays("scram_iterations", () -> roles.write("r", role("shop", Optional.of(0))));
        Role policy = with(role("shop", Optional.of(1)), Map.of("password_policy", "short"));
        roles.write("reader", policy);
        mount.bits = 80;
        assertSays("fewer than 128 random bits", () -> roles.write("reader", policy));
        assertSays("fewer than 128 random bits", () -> minted("reader", 1));
    }

    @Test
    void connection_isChecked() {
        assertSays("recording-database-plugin", () -> connections.write("x", plugin("mysql")));
        assertSays("connection_url", () -> connections.write("x", connection("", List.of())));
        assertSays("username_template", () -> connections.write("x", template("{{bad}}")));
    }

    @Test
    void connection_isShownWithoutItsPassword() {
        ConnectionShown shown = ConnectionShown.of(connection("host", List.of("a")));
        assertEquals("host", shown.connectionDetails().connectionUrl());
        assertFalse(shown.toString().contains("login-secret"));
    }

    @Test
    void mint_drawsByThePolicy_theRolesWinning() throws Exception {
        roles.write("reader", with(role("shop", Optional.empty()), Map.of("password_policy", "mine")));
        assertEquals(Secret.of("by-mine"), minted("reader", 1).password());
    }

    private Draft<DatabaseUser, ?> draft(String role, long n) throws Exception {
        return requireNonNull(mount.leases.drafter).draft(new Asked(role, n));
    }

    private Credentials minted(String role, long n) throws Exception {
        return (Credentials) draft(role, n).mint().mint(MemoryMount.soon());
    }

    private void reset(String name) throws Exception {
        requireNonNull(mount.actions.get("reset/{connection}")).run(variable -> name, MemoryMount.soon());
    }

    private void revoke(DatabaseUser user) throws Exception {
        requireNonNull(mount.leases.revokeAll).revoke(List.of(user), MemoryMount.soon());
    }

    private void settle(DatabaseUser user) throws Exception {
        requireNonNull(mount.leases.settle).settle(user, MemoryMount.NOW, MemoryMount.soon());
    }

    private void extend(DatabaseUser user) throws Exception {
        requireNonNull(mount.leases.extend).extend(user, MemoryMount.NOW.plusSeconds(3600), MemoryMount.soon());
    }

    private static void assertSays(String text, Executable call) {
        Invalid thrown = assertThrows(Invalid.class, call);
        assertTrue(String.valueOf(thrown.getMessage()).contains(text), thrown.getMessage());
    }

    private static Connection connection(String url, List<String> allowed) {
        return connection("recording", url, allowed);
    }

    private static Connection plugin(String name) {
        return connection(name, "host", List.of());
    }

    private static Connection template(String template) {
        return connection("recording", "host", List.of(), template);
    }

    private static Connection connection(String plugin, String url, List<String> allowed) {
        return connection(plugin, url, allowed, "");
    }

    private static Connection connection(String plugin, String url, List<String> allowed, String template) {
        return connection(plugin, url, allowed, template, true);
    }

    private static Connection unverified(String url) {
        return connection("recording", url, List.of("*"), "", false);
    }

    private static Connection connection(
            String plugin, String url, List<String> allowed, String template, boolean verified) {
        return connection(plugin, url, "broker", "login-secret", allowed, template, verified);
    }

    /** Logs in as that user. */
    static Connection connection(String url, String username) {
        return connection("recording", url, username, "login-secret", List.of("*"), "", true);
    }

    /** Logs in with that password, which nobody has tried. */
    static Connection unverified(String url, String password) {
        return connection("recording", url, "broker", password, List.of("*"), "", false);
    }

    private static Connection connection(
            String plugin,
            String url,
            String username,
            String password,
            List<String> allowed,
            String template,
            boolean verified) {
        return new Connection(
                plugin,
                url,
                username,
                Secret.of(password),
                allowed,
                verified,
                template,
                "",
                4,
                0,
                Duration.ZERO,
                4096,
                List.of(),
                "",
                40,
                Optional.empty(),
                Optional.empty());
    }

    private static Role role(String connection, Optional<Integer> iterations) {
        return new Role(
                connection,
                Duration.ofHours(1),
                Duration.ofHours(2),
                List.of("create"),
                List.of("revoke"),
                List.of("renew"),
                List.of(),
                List.of("readonly"),
                "password",
                Map.of(),
                iterations,
                OwnedObjects.REASSIGN,
                "");
    }

    private static Role with(Role role, Map<String, String> config) {
        return new Role(
                role.dbName(),
                role.defaultTtl(),
                role.maxTtl(),
                role.creationStatements(),
                role.revocationStatements(),
                role.renewStatements(),
                role.rollbackStatements(),
                role.groups(),
                role.credentialType(),
                config,
                role.scramIterations(),
                role.ownedObjects(),
                role.reassignTo());
    }
}
