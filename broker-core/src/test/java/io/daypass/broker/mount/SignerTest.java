package io.daypass.broker.mount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Caller;
import io.daypass.broker.api.Reply;
import io.daypass.broker.api.Verb;
import io.daypass.lease.Lease;
import io.daypass.lease.LeaseFilter;
import io.daypass.lease.LeaseState;
import io.daypass.outbox.Event;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Leases without effect outside, what is made from their rows, and what is due to entries. */
class SignerTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final ToySigner signer = new ToySigner();
    private final Bench bench = new Bench("signer", () -> signer);

    @BeforeEach
    void mount() {
        Bench.await(bench.mounts.enable("sig", "signer", "", MountConfig.NONE));
        bench.write("sig/roles/web", "{}");
    }

    @AfterEach
    void close() throws SQLException {
        bench.close();
    }

    private Reply sign(String subject) {
        return bench.write("sig/sign/web", "{'subject':'" + subject + "'}");
    }

    private static JsonNode data(Reply reply) {
        return Objects.requireNonNull(reply.data());
    }

    private static String text(Reply reply) {
        return Objects.requireNonNull(reply.raw()).toString(StandardCharsets.UTF_8);
    }

    private Reply keyset(String query) {
        Map<String, String> parameters = query.isEmpty() ? Map.of() : Map.of("after", query);
        return Bench.await(bench.begin(Verb.READ, "sig/keyset/web", "{}", Caller.NOBODY, parameters));
    }

    private Future<Reply> waiting(String after, String wait, Caller caller) {
        return bench.begin(Verb.READ, "sig/keyset/web", "{}", caller, Map.of("after", after, "wait", wait));
    }

    private void revoke(long n) {
        assertTrue(Bench.await(bench.store.leases().revoke(n, io.daypass.lease.Cause.REVOKED)));
    }

    private List<Lease> live() {
        return bench.leases().stream()
                .filter(lease -> lease.state() == LeaseState.ACTIVE)
                .toList();
    }

    @Test
    void issueForParameters_takesPostAlone_andNamesWhatIsWrong() {
        assertThrows(ApiException.class, () -> bench.read("sig/sign/web"));
        assertEquals(
                List.of("subject: is required"),
                bench.refusal(Verb.WRITE, "sig/sign/web", "{}").errors());
        assertTrue(bench.refusal(Verb.WRITE, "sig/sign/web", "{'subject':' '}")
                .errors()
                .get(0)
                .contains("subject: must not be blank"));
        Reply signed = bench.write("sig/sign/web", "{'subject':'a', 'ttl':'5m', 'colour':'red'}");
        assertEquals(1, data(signed).get("serial").asLong());
        assertTrue(
                signed.warnings().get(0).contains("colour"), signed.warnings().toString());
        assertEquals(bench.now().plus(Duration.ofMinutes(5)), bench.only().expiresAt());
    }

    @Test
    void serials_areDense_whateverElseIsIssued() {
        for (int i = 1; i <= 3; i++) {
            assertEquals(i, data(sign("a")).get("serial").asLong());
            bench.read("sig/creds/web");
        }
        bench.refusal(Verb.WRITE, "sig/sign/web", "{'subject':' '}");
        assertEquals(4, data(sign("a")).get("serial").asLong());
    }

    @Test
    void slowMint_runsOnTheLane() {
        assertTrue(data(sign("slow")).get("text").asText().startsWith("daypass-call-"));
        assertFalse(data(sign("quick")).get("text").asText().startsWith("daypass-call-"));
    }

    @Test
    void document_isMadeAgainOnlyAfterARevocation_andHasItsTag() {
        Reply before = bench.read("sig/list");
        assertEquals("[]", text(before));
        sign("a");
        sign("b");
        assertEquals(
                before.headers().get("ETag"), bench.read("sig/list").headers().get("ETag"));
        assertEquals(1, signer.listsMade.get());
        revoke(live().get(1).n());
        Reply after = bench.read("sig/list");
        assertEquals("[2]", text(after));
        assertNotEquals(before.headers().get("ETag"), after.headers().get("ETag"));
        String tag = String.valueOf(after.headers().get("ETag")).replace("\"", "");
        Reply again = Bench.await(bench.begin(Verb.READ, "sig/list", "{}", Caller.NOBODY, Map.of("after", tag)));
        assertEquals(304, again.status());
    }

    @Test
    void document_isMadeByOneAtATime_howeverManyAsk_andWithAllThatHappenedBefore() throws InterruptedException {
        sign("a");
        signer.listsHeld.acquire();
        List<Future<Reply>> before = ask(10);
        bench.reapUntil(() -> signer.listsMade.get() == 1);
        revoke(bench.only().n());
        List<Future<Reply>> after = ask(10);
        signer.listsHeld.release();
        before.forEach(Bench::await);
        after.forEach(reply -> assertEquals("[1]", text(Bench.await(reply))));
        assertEquals(2, signer.listsMade.get());
    }

    @Test
    void document_isMadeWhileTheLaneIsFull() {
        sign("a");
        List<Future<Reply>> held = Stream.generate(
                        () -> bench.begin(Verb.WRITE, "sig/sign/web", "{'subject':'hold'}", Caller.NOBODY))
                .limit(20)
                .toList();
        ApiException full = bench.refusal(Verb.WRITE, "sig/sign/web", "{'subject':'slow'}");
        assertEquals(ApiException.Kind.BUSY, full.kind());
        revoke(live().get(0).n());
        assertEquals("[1]", text(bench.read("sig/list")));
        signer.mintsHeld.release(held.size());
        assertTrue(held.stream().anyMatch(SignerTest::isServed));
    }

    private List<Future<Reply>> ask(int times) {
        return Stream.generate(() -> bench.begin(Verb.READ, "sig/list", "{}", Caller.NOBODY))
                .limit(times)
                .toList();
    }

    @Test
    void listed_survivesTheRow_andARestart_andEndsWithTheCertificate() {
        sign("a");
        revoke(bench.only().n());
        bench.reapAll();
        bench.restart(Map.of("signer", () -> signer));
        assertEquals("[1]", text(bench.read("sig/list")));
        assertTrue(data(sign("b")).get("serial").asLong() > 1);
        bench.advance(HOUR.plusSeconds(63));
        assertEquals("[]", text(bench.read("sig/list")));
    }

    @Test
    void lingering_isInTheKeyset_whenItHasExpired_notWhenItIsRevoked() {
        Reply first = bench.read("sig/creds/web");
        bench.read("sig/creds/web");
        assertEquals(2, data(keyset("")).get("keys").size());
        bench.advance(HOUR.plusSeconds(3));
        bench.reapUntil(() -> true);
        JsonNode keys = data(keyset("")).get("keys");
        assertEquals(2, keys.size());
        assertEquals(data(first).get("key"), keys.get(0).get("key"));
        revoke(live().get(0).n());
        assertEquals(1, data(keyset("")).get("keys").size());
        bench.advance(ToySigner.LINGERS.plusSeconds(2));
        bench.reapAll();
        assertEquals(0, data(keyset("")).get("keys").size());
    }

    @Test
    void watched_answers304_toWhoeverHasIt_and404_whereThereIsNothing() {
        bench.read("sig/creds/web");
        Reply whole = keyset("");
        String version = data(whole).get("version").asText();
        assertEquals(304, keyset(version).status());
        bench.read("sig/creds/web");
        assertNotEquals(version, data(keyset(version)).get("version").asText());
        assertThrows(ApiException.class, () -> bench.read("sig/keyset/none"));
    }

    @Test
    void watched_waitsForTheNextChange() {
        bench.read("sig/creds/web");
        String version = data(keyset("")).get("version").asText();
        Future<Reply> waiting = waiting(version, "30s", Caller.NOBODY);
        assertFalse(waiting.isComplete());
        revoke(live().get(0).n());
        assertEquals(0, data(Bench.await(waiting)).get("keys").size());
    }

    @Test
    void watched_waitsInVain_is304() {
        String version = data(keyset("")).get("version").asText();
        assertEquals(304, Bench.await(waiting(version, "1s", Caller.NOBODY)).status());
    }

    @Test
    void watched_tellsNothingToATokenThatEndedMeanwhile() {
        bench.read("sig/creds/web");
        String version = data(keyset("")).get("version").asText();
        Caller gone = new Caller(999_999, "gone", List.of(), Lease.NEVER);
        Future<Reply> waiting = waiting(version, "30s", gone);
        bench.read("sig/creds/web");
        ApiException denied = assertThrows(ApiException.class, () -> Bench.await(waiting));
        assertEquals(403, denied.kind().status());
    }

    @Test
    void watched_endsWithItsMount() {
        String version = data(keyset("")).get("version").asText();
        Future<Reply> waiting = waiting(version, "30s", Caller.NOBODY);
        bench.restart(Map.of("signer", () -> signer));
        assertThrows(ApiException.class, () -> Bench.await(waiting));
    }

    @Test
    void end_isToldTheCause_andNotOfAnExpiry() {
        bench.read("sig/shared/web");
        long revoked = bench.only().n();
        bench.read("sig/shared/web");
        long undelivered = live().get(1).n();
        bench.read("sig/shared/web");
        assertEquals(List.of("its key is retired for all"), bench.mounts.endingWarnings(live().get(0)));
        revoke(revoked);
        Bench.await(bench.store.leases().revoke(undelivered, io.daypass.lease.Cause.UNDELIVERED));
        bench.reapUntil(() -> bench.leases().size() == 1);
        assertEquals(
                List.of("NOT_DELIVERED s" + undelivered, "REVOKED s" + revoked),
                signer.ended.stream().sorted().toList());
        bench.advance(HOUR.plusSeconds(3));
        bench.reapAll();
        assertEquals(2, signer.ended.size());
    }

    @Test
    void code_isSpentOnce_byAnybody_andNotWhenExpired() {
        String code = data(bench.read("sig/code/web")).get("code").asText();
        String other = data(bench.read("sig/code/web")).get("code").asText();
        assertTrue(valid(code));
        assertFalse(valid(code));
        bench.advance(HOUR);
        assertFalse(valid(other));
    }

    @Test
    void strangers_howeverMany_holdUpNobodyElse() {
        List<Future<Reply>> flood = Stream.generate(
                        () -> bench.begin(Verb.WRITE, "sig/verify", "{'code':'hold'}", Caller.NOBODY))
                .limit(20)
                .toList();
        ApiException refused = bench.refusal(Verb.WRITE, "sig/verify", "{'code':'hold'}");
        assertEquals(ApiException.Kind.BUSY, refused.kind());
        assertEquals("1", refused.headers().get("Retry-After"));
        assertTrue(refused.errors().get(0).contains("without a token"), refused::getMessage);
        assertTrue(data(sign("slow")).get("text").asText().startsWith("daypass-call-"));
        bench.write("sig/notes/one", "{}");
        signer.strangersHeld.release(flood.size());
        long served = flood.stream().filter(SignerTest::isServed).count();
        assertTrue(served >= 4 && served < flood.size(), served + " of the strangers were served");
        assertEquals(200, bench.write("sig/verify", "{'code':'1.x'}").status());
    }

    private static boolean isServed(Future<Reply> reply) {
        try {
            return Bench.await(reply).status() == 200;
        } catch (ApiException busy) {
            return false;
        }
    }

    private boolean valid(String code) {
        return data(bench.write("sig/verify", "{'code':'" + code + "'}"))
                .get("valid")
                .asBoolean();
    }

    @Test
    void ownTable_isWrittenReadAndRemoved_andGoesWithItsMount() {
        assertThrows(ApiException.class, () -> bench.read("sig/notes/a"));
        bench.write("sig/notes/a", "{}");
        bench.restart(Map.of("signer", () -> signer));
        assertEquals("hello", data(bench.read("sig/notes/a")).get("text").asText());
        bench.call(Verb.DELETE, "sig/notes/a", "{}");
        assertThrows(ApiException.class, () -> bench.read("sig/notes/a"));
        assertThrows(ApiException.class, () -> bench.write("sig/notes/a b", "{}"));
        bench.write("sig/notes/b", "{}");
        assertTrue(Bench.await(bench.mounts.disable("sig")));
        assertEquals(List.of(), Bench.await(bench.store.entries().list("table/", "", 10)));
    }

    @Test
    void due_isDoneBeforeTheWriterIsAnswered_thenWhenItIsDue_withAnEvent() {
        assertEquals(List.of("moved"), noted());
        bench.mounts.look();
        assertEquals(List.of("moved"), noted());
        bench.advance(ToySigner.EVERY);
        bench.mounts.look();
        bench.reapUntil(() -> noted().equals(List.of("moved", "moved")));
    }

    @Test
    void due_thatFails_isTriedAgain_evenMoreRarely() {
        signer.moveFails.put("bad", "the target is away");
        Reply written = bench.write("sig/roles/bad", "{}");
        assertTrue(
                written.warnings().get(0).contains("the target is away"),
                written.warnings().toString());
        signer.moveFails.clear();
        bench.mounts.look();
        assertEquals(List.of("moved"), noted());
        bench.advance(Duration.ofSeconds(1));
        bench.mounts.look();
        bench.reapUntil(() -> noted().equals(List.of("moved", "moved")));
    }

    @Test
    void due_thatIsAskedFor_isDoneForWhoeverAsks_onlyIfItIsDue_andTellsThemWhatFailed() {
        bench.write("sig/move/web", "{}");
        assertEquals(List.of("moved"), noted());
        bench.advance(ToySigner.EVERY);
        signer.moveFails.put("web", "the target is away");
        ApiException failed = assertThrows(ApiException.class, () -> bench.write("sig/move/web", "{}"));
        assertTrue(
                failed.errors().get(0).contains("the target is away"),
                failed.errors().toString());
        signer.moveFails.clear();
        bench.write("sig/move/web", "{}");
        bench.write("sig/move/web", "{}");
        assertEquals(List.of("moved", "moved"), noted());
    }

    @Test
    void secret_thatIsKept_isRevealedWhereAPathSaysSo_andNowhereElse() {
        String seed = data(bench.read("sig/seed/web")).get("code").asText();
        assertFalse(seed.isEmpty());
        assertFalse(data(bench.read("sig/roles/web")).toString().contains(seed));
        assertThrows(ApiException.class, () -> bench.read("sig/seed/nobody"));
    }

    @Test
    void deletion_warnsWhoeverAskedForIt_once() {
        assertEquals(
                List.of("its signatures stay"),
                bench.call(Verb.DELETE, "sig/roles/web", "{}").warnings());
        assertEquals(List.of(), bench.call(Verb.DELETE, "sig/roles/web", "{}").warnings());
    }

    private List<String> noted() {
        return Bench.await(bench.store.outbox().after(0, 1000)).stream()
                .filter(event -> event.type() == Event.Type.NOTED)
                .peek(event -> assertTrue(event.source().path().startsWith("sig/roles/")))
                .map(Event::detail)
                .toList();
    }

    @Test
    void secretsInHandles_areSealed() {
        String key = data(bench.read("sig/creds/web")).get("key").asText();
        Lease row = bench.only();
        assertFalse(new String(row.sealed().toArray(), StandardCharsets.ISO_8859_1).contains(key));
        assertEquals(1, Bench.await(bench.store.leases().count(LeaseFilter.under("sig/creds/web"))));
    }
}
