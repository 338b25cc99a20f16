package io.daypass.broker.mount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.ApiException.Kind;
import io.daypass.broker.api.Caller;
import io.daypass.broker.api.Reply;
import io.daypass.broker.api.Route;
import io.daypass.broker.api.Verb;
import io.daypass.lease.LeaseState;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MountsTest {
    private final ToyTarget target = new ToyTarget();
    private final List<ToyEngine> made = Collections.synchronizedList(new ArrayList<>());
    private final Bench bench = new Bench("toy", this::engine);

    private ToyEngine engine() {
        ToyEngine engine = new ToyEngine(target);
        made.add(engine);
        return engine;
    }

    @BeforeEach
    void mount() {
        enable("toys");
        bench.write("toys/config/shop", "{'address':'a','password':'hunter2-hunter2'}");
        bench.write("toys/roles/reader", "{'target':'shop'}");
    }

    @AfterEach
    void close() throws SQLException {
        bench.close();
    }

    private void enable(String path) {
        Bench.await(bench.mounts.enable(path, "toy", "", MountConfig.NONE));
    }

    private ApiException cantEnable(String path, String type, MountConfig config) {
        return assertThrows(ApiException.class, () -> Bench.await(bench.mounts.enable(path, type, "", config)));
    }

    @Test
    void enable_isListedAndSurvivesARestart() {
        MountEntry before = bench.mounts.list().get(0);
        bench.restart(Map.of("toy", this::engine));
        assertEquals(List.of(before), bench.mounts.list());
        assertEquals("shop", data(bench.read("toys/roles/reader"), "target"));
        assertTrue(before.id().matches("toy_[0-9a-f]{16}"), before.id());
    }

    private static String data(Reply reply, String field) {
        return String.valueOf(
                reply.data() == null ? null : reply.data().path(field).asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"toys", "/toys/", "toys/inner"})
    void enable_whereSomethingIs_isRefused(String path) {
        assertEquals(
                List.of("path is already in use at toys/"),
                cantEnable(path, "toy", MountConfig.NONE).errors());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sys", "sys/x", "auth/token", "", "a//b", "a b", "a/../b", "ä", "a\nb", "a/.b"})
    void enable_whereNothingMayBe_isRefused(String path) {
        assertEquals(Kind.BAD_REQUEST, cantEnable(path, "toy", MountConfig.NONE).kind());
    }

    @Test
    void enable_ofAnUnknownType_namesTheKnownOnes() {
        assertTrue(cantEnable("x", "other", MountConfig.NONE).errors().get(0).endsWith("known are: toy"));
    }

    @Test
    void enable_withADefaultAboveItsMaximum_isRefused() {
        MountConfig config = new MountConfig(Duration.ofHours(2), Duration.ofHours(1), Map.of());
        assertTrue(cantEnable("x", "toy", config).errors().get(0).startsWith("default_lease_ttl"));
    }

    @Test
    void resolve_takesTheLongestMount_andKnowsVerbs() {
        enable("team/toys");
        assertEquals(
                "team/toys/",
                bench.mounts
                        .mountOf(List.of("team", "toys", "roles"))
                        .orElseThrow()
                        .path());
        assertEquals(
                Kind.UNSUPPORTED,
                bench.refusal(Verb.DELETE, "toys/creds/reader", "{}").kind());
        assertEquals(
                Kind.NOT_FOUND, bench.refusal(Verb.READ, "toys/nothing", "{}").kind());
        assertEquals(Kind.NOT_FOUND, bench.refusal(Verb.READ, "nowhere", "{}").kind());
    }

    @Test
    void resolve_issuingPaths_areMarked() {
        Route route = bench.mounts
                .resolve(Verb.READ, List.of("toys", "creds", "reader"))
                .route();
        assertEquals(Route.Effect.ISSUES, route == null ? null : route.effect());
    }

    @Test
    void builtIn_routes_areServedBeside() {
        bench.mounts.builtIn(List.of(Route.of(Verb.READ, "sys/health", call -> Future.succeededFuture(Reply.none()))));
        assertEquals(204, bench.read("sys/health").status());
    }

    @Test
    void list_ofWhatCantBeListed_is405_andOfNothing404WithoutText() {
        assertEquals(
                Kind.UNSUPPORTED, bench.refusal(Verb.LIST, "toys/creds", "{}").kind());
        ApiException nothing = bench.refusal(Verb.LIST, "toys/nothing", "{}");
        assertEquals(Kind.NOT_FOUND, nothing.kind());
        assertEquals(List.of(), nothing.errors());
        ApiException unserved = bench.refusal(Verb.READ, "toys/nothing", "{}");
        assertEquals(List.of("the engine at toys/ serves nothing at this path"), unserved.errors());
    }

    @Test
    void entry_isShownWithoutSecrets_listedAndDeleted() {
        String shown = String.valueOf(bench.read("toys/config/shop").data());
        assertEquals("{\"address\":\"a\",\"calls\":0}", shown);
        assertEquals(
                "{\"keys\":[\"reader\"]}",
                String.valueOf(bench.call(Verb.LIST, "toys/roles", "{}").data()));
        assertEquals(204, bench.call(Verb.DELETE, "toys/roles/reader", "{}").status());
        assertEquals(
                Kind.NOT_FOUND,
                bench.refusal(Verb.READ, "toys/roles/reader", "{}").kind());
        assertEquals(
                Kind.NOT_FOUND, bench.refusal(Verb.LIST, "toys/roles", "{}").kind());
    }

    @Test
    void entry_thatItsCheckRefuses_isNotStored() {
        ApiException refused = bench.refusal(Verb.WRITE, "toys/config/shop", "{'address':' '}");
        assertEquals(List.of("toy: address: must not be blank, whatever [redacted] is"), refused.errors());
        assertEquals("a", data(bench.read("toys/config/shop"), "address"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a\nb", "a\u0000b", "-a", "a-", "é"})
    void entry_ofABadName_isRefused(String name) {
        ApiException refused = bench.refusal(Verb.WRITE, "toys/roles/" + name, "{'target':'shop'}");
        assertTrue(
                refused.errors().get(0).startsWith("role: a name"),
                refused.errors().toString());
    }

    @Test
    void write_withUnknownFields_warns() {
        Reply reply = bench.write("toys/roles/reader", "{'targte':'x'}");
        assertEquals(200, reply.status());
        assertEquals(List.of("unknown field 'targte' is ignored; did you mean target?"), reply.warnings());
    }

    @Test
    void patch_ofWhatIsNotThere_isNotFound() {
        assertEquals(
                Kind.NOT_FOUND,
                bench.refusal(Verb.PATCH, "toys/roles/other", "{}").kind());
        assertEquals(
                204, bench.call(Verb.PATCH, "toys/roles/reader", "{'ttl':'2h'}").status());
        assertEquals("7200", data(bench.read("toys/roles/reader"), "ttl"));
    }

    @Test
    void action_changesWhatIsKept_whichNobodySees() {
        assertEquals(204, bench.write("toys/reset/shop", "{}").status());
        assertEquals(
                "{\"address\":\"a\",\"calls\":0}",
                String.valueOf(bench.read("toys/config/shop").data()));
        bench.write("toys/config/shop", "{'address':'b'}");
        assertEquals("b", data(bench.read("toys/config/shop"), "address"));
    }

    @Test
    void deleteOfATarget_withLiveLeases_isRefusedWithTheCount_andIssuingGoesOn() {
        bench.read("toys/creds/reader");
        ApiException refused = bench.refusal(Verb.DELETE, "toys/config/shop", "{}");
        assertTrue(
                refused.errors().get(0).startsWith("target: shop has 1 live lease,"),
                refused.errors().toString());
        bench.read("toys/creds/reader");
        assertEquals(2, bench.leases().size());
    }

    @Test
    void deleteOfATarget_withoutLeases_works_andItCanBeMadeAnew() {
        assertEquals(204, bench.call(Verb.DELETE, "toys/config/shop", "{}").status());
        bench.write("toys/config/shop", "{'address':'a','password':'hunter2-hunter2'}");
        bench.read("toys/creds/reader");
    }

    @Test
    void tune_shortensWhatComes() {
        MountConfig config = new MountConfig(Duration.ofMinutes(1), Duration.ofMinutes(2), Map.of("a", "b"));
        Bench.await(bench.mounts.tune("toys/", "ours", config));
        bench.restart(Map.of("toy", this::engine));
        assertEquals("ours", bench.mounts.list().get(0).description());
        bench.read("toys/creds/reader");
        assertEquals(Bench.START.plusSeconds(120), bench.only().expiresAt());
    }

    @Test
    void disable_endsAllLeases_thenForgetsTheMount() {
        bench.read("toys/creds/reader");
        bench.read("toys/creds/reader");
        Future<Boolean> gone = bench.mounts.disable("toys");
        bench.reapUntil(() -> bench.mounts.list().isEmpty());
        Bench.await(gone);
        assertEquals(Map.of(), target.keys);
        assertEquals(
                Kind.NOT_FOUND,
                bench.refusal(Verb.READ, "toys/creds/reader", "{}").kind());
        enable("toys");
        assertEquals(
                Kind.NOT_FOUND,
                bench.refusal(Verb.READ, "toys/roles/reader", "{}").kind());
        assertTrue(Bench.await(bench.mounts.disable("never/there")));
    }

    @Test
    void target_thatIsChanged_getsNoLeaseMeanwhile_andOpensAgain() {
        ToyEngine engine = made.get(made.size() - 1);
        List<ApiException> refused = new ArrayList<>();
        engine.moving = () -> refused.add(bench.refusal(Verb.READ, "toys/creds/reader", "{}"));
        bench.write("toys/move/shop", "{}");
        assertEquals(Kind.BAD_REQUEST, refused.get(0).kind());
        assertEquals(Map.of(), target.keys);
        bench.read("toys/creds/reader");
        assertTrue(bench.refusal(Verb.WRITE, "toys/move/shop", "{}")
                .errors()
                .get(0)
                .contains("1 live"));
        assertEquals(1, refused.size());
        bench.read("toys/creds/reader");
    }

    @Test
    void target_keptClosedByTwo_opensWithTheSecond() {
        ToyEngine engine = made.get(made.size() - 1);
        engine.moving = () -> {
            engine.moving = () -> {};
            bench.write("toys/move/shop", "{}");
            bench.refusal(Verb.READ, "toys/creds/reader", "{}");
        };
        bench.write("toys/move/shop", "{}");
        assertEquals(Map.of(), target.keys);
        bench.read("toys/creds/reader");
    }

    @Test
    void target_inUse_thatIsToBeDeleted_spoilsNoMint() {
        bench.read("toys/creds/reader");
        target.mute = new CountDownLatch(1);
        Future<Reply> minting = bench.begin(Verb.READ, "toys/creds/reader", "{}", Caller.NOBODY);
        assertEquals(
                Kind.BAD_REQUEST,
                bench.refusal(Verb.DELETE, "toys/config/shop", "{}").kind());
        target.mute.countDown();
        Bench.await(minting);
        assertEquals(2, target.keys.size());
    }

    @Test
    void disable_whileTheTargetIsAway_goesOnAfterARestart() {
        bench.read("toys/creds/reader");
        target.away = true;
        assertFalse(Bench.await(bench.mounts.disable("toys")));
        assertEquals(LeaseState.REVOKING, bench.only().state());
        assertEquals(
                Kind.NOT_FOUND,
                bench.refusal(Verb.READ, "toys/creds/reader", "{}").kind());
        bench.restart(Map.of("toy", this::engine));
        assertEquals(
                Kind.NOT_FOUND,
                bench.refusal(Verb.READ, "toys/creds/reader", "{}").kind());
        target.away = false;
        bench.advance(Duration.ofMinutes(10));
        bench.reapUntil(() -> bench.mounts.list().isEmpty());
        assertEquals(Map.of(), target.keys);
        assertEquals(List.of(), Bench.await(bench.store.leases().closed()));
    }

    @Test
    void start_withoutThePlugin_keepsTheMountAndItsLeases() {
        bench.read("toys/creds/reader");
        bench.restart(Map.of());
        assertEquals(1, bench.mounts.list().size());
        assertEquals(
                Kind.FAULT, bench.refusal(Verb.READ, "toys/creds/reader", "{}").kind());
        bench.advance(Duration.ofHours(2));
        bench.reapUntil(() -> String.valueOf(bench.only().lastError()).startsWith("no plugin serves"));
        bench.restart(Map.of("toy", this::engine));
        bench.advance(Duration.ofMinutes(10));
        bench.reapAll();
        assertEquals(Map.of(), target.keys);
    }

    @Test
    void stop_closesEnginesAndTheirResources() {
        bench.read("toys/creds/reader");
        ToyEngine engine = made.get(made.size() - 1);
        assertEquals(1, engine.pools.get());
        bench.restart(Map.of("toy", this::engine));
        assertEquals(1, engine.closed());
        bench.reapUntil(() -> engine.pools.get() == 0);
    }

    @Test
    void resources_areMadeAnew_whenTheirEntryChanges() {
        bench.read("toys/creds/reader");
        ToyEngine engine = made.get(made.size() - 1);
        bench.write("toys/config/shop", "{'address':'b'}");
        bench.reapUntil(() -> engine.pools.get() == 0);
        bench.read("toys/creds/reader");
        assertEquals(1, engine.pools.get());
    }
}
