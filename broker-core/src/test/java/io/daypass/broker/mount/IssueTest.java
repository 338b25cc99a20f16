package io.daypass.broker.mount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.ApiException.Kind;
import io.daypass.broker.api.Caller;
import io.daypass.broker.api.Reply;
import io.daypass.broker.api.Verb;
import io.daypass.lease.Admission;
import io.daypass.lease.Afterlife;
import io.daypass.lease.Bytes;
import io.daypass.lease.Cause;
import io.daypass.lease.LaneKey;
import io.daypass.lease.Lease;
import io.daypass.lease.LeaseState;
import io.daypass.lease.NewLease;
import io.daypass.lease.Source;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class IssueTest {
    private static final Duration SLACK = Duration.ofSeconds(2);

    private final ToyTarget target = new ToyTarget();
    private final Bench bench = new Bench("toy", () -> new ToyEngine(target));

    @BeforeEach
    void mount() {
        Bench.await(bench.mounts.enable("toys", "toy", "", MountConfig.NONE));
        bench.write("toys/config/shop", "{'address':'a','password':'hunter2-hunter2'}");
        bench.write("toys/roles/reader", "{'target':'shop'}");
    }

    @AfterEach
    void close() throws SQLException {
        target.mute.countDown();
        bench.close();
    }

    private Reply issue() {
        return bench.read("toys/creds/reader");
    }

    private ApiException cant() {
        return bench.refusal(Verb.READ, "toys/creds/reader", "{}");
    }

    private static Reply.LeaseInfo lease(Reply reply) {
        Reply.LeaseInfo lease = reply.lease();
        assertNotNull(lease);
        return lease;
    }

    private Caller token(Instant ends) {
        long n = bench.store.leases().next();
        Source source = new Source("auth/token/create", "token", "token", "");
        NewLease token = new NewLease(
                n,
                source,
                0,
                bench.now(),
                bench.now(),
                ends,
                ends,
                "alice",
                null,
                true,
                0,
                Bytes.EMPTY,
                false,
                1,
                Bytes.EMPTY,
                Afterlife.NONE);
        assertEquals(Admission.BEGUN, Bench.await(bench.store.leases().issue(token, SLACK)));
        return new Caller(n, "alice", List.of(), ends);
    }

    @Test
    void issue_isWrittenDown_mintedAndAnswered() {
        Reply reply = issue();
        Lease row = bench.only();
        assertEquals(LeaseState.ACTIVE, row.state());
        assertEquals(Bench.START.plus(Duration.ofHours(1)), row.expiresAt());
        assertEquals(row.expiresAt(), lease(reply).expiresAt());
        assertEquals(row.expiresAt().plus(SLACK), row.dueAt());
        assertEquals(
                row.expiresAt().plus(SLACK), target.keys.values().iterator().next());
        assertEquals("toys/creds/reader/" + row.n(), lease(reply).id());
        assertEquals(List.of(), reply.warnings());
        assertEquals("testing", row.reason());
        assertEquals("shop", row.source().target());
        assertEquals(
                32,
                String.valueOf(reply.data())
                        .replaceAll(".*\"key\":\"([^\"]*)\".*", "$1")
                        .length());
    }

    @Test
    void expiry_endsIt() {
        issue();
        bench.advance(Duration.ofHours(1).plus(SLACK));
        bench.reapAll();
        assertTrue(target.keys.isEmpty());
    }

    @Test
    void role_deletedUnderALease_endsAllTheSame() {
        issue();
        bench.call(Verb.DELETE, "toys/roles/reader", "{}");
        bench.advance(Duration.ofHours(2));
        bench.reapAll();
        assertTrue(target.keys.isEmpty());
    }

    @Test
    void ttl_onlyShortens_andSaysSo() {
        assertEquals(
                Bench.START.plusSeconds(30),
                lease(bench.write("toys/creds/reader", "{'ttl':'30s'}")).expiresAt());
        Reply longer = bench.write("toys/creds/reader", "{'ttl':'2h'}");
        assertEquals(Bench.START.plusSeconds(3600), lease(longer).expiresAt());
        assertEquals(List.of("lease_duration is bound by the role's default_ttl of 3600 s"), longer.warnings());
    }

    @ParameterizedTest
    @ValueSource(strings = {"'soon'", "-5", "'-5s'", "'1ms'", "{}", "1e400", "99999999999999999999"})
    void ttl_thatIsNone_isRefusedNamingIt(String ttl) {
        ApiException refused = bench.refusal(Verb.WRITE, "toys/creds/reader", "{'ttl':" + ttl + "}");
        assertTrue(refused.errors().get(0).startsWith("ttl: "), refused.errors().toString());
        assertEquals(List.of(), bench.leases());
    }

    @Test
    void issue_byATokenThatEndsSooner_endsWithIt_andSaysSo() {
        Caller caller = token(Bench.START.plusSeconds(60));
        Reply reply = Bench.await(bench.begin(Verb.READ, "toys/creds/reader", "{}", caller));
        assertEquals(Bench.START.plusSeconds(60), lease(reply).expiresAt());
        assertTrue(
                reply.warnings().get(0).contains("the token, which ends first"),
                reply.warnings().toString());
    }

    @Test
    void issue_byADeadToken_isDenied() {
        Caller caller = token(Bench.START.plusSeconds(60));
        Bench.await(bench.store.leases().revoke(caller.n(), Cause.REVOKED));
        ApiException refused = assertThrows(
                ApiException.class, () -> Bench.await(bench.begin(Verb.READ, "toys/creds/reader", "{}", caller)));
        assertEquals(Kind.DENIED, refused.kind());
        assertTrue(target.keys.isEmpty());
    }

    @Test
    void issue_ofAnUnknownRole_is400NamingIt_andWritesNothing() {
        ApiException refused = bench.refusal(Verb.READ, "toys/creds/other", "{}");
        assertEquals(List.of("toy: role: there is no role 'other'"), refused.errors());
        assertEquals(List.of(), bench.leases());
    }

    @Test
    void draft_withABug_tellsNothing() {
        bench.write("toys/roles/leaky", "{'target':'shop','label':'" + ToyEngine.LEAK + "'}");
        ApiException refused = bench.refusal(Verb.READ, "toys/creds/leaky", "{}");
        assertEquals(Kind.FAULT, refused.kind());
        assertFalse(refused.errors().toString().contains("hunter2"));
    }

    @Test
    void mint_whileTheTargetIsAway_is502_andTheRowIsSettledWhenItIsSure() {
        target.away = true;
        assertEquals(Kind.TARGET_FAILED, cant().kind());
        Lease row = bench.only();
        assertEquals(LeaseState.REVOKING, row.state());
        assertFalse(row.mintOver());
        target.away = false;
        bench.reapUntil(() -> String.valueOf(bench.only().lastError()).startsWith("kept until"));
        assertTrue(target.calls.contains("drop 1"), target.calls.toString());
        bench.advance(Duration.ofSeconds(71));
        bench.reapAll();
    }

    @Test
    void mint_thatTheTargetRefuses_is400_andTheRowGoesAtOnce() {
        target.refuses = "reader";
        ApiException refused = cant();
        assertEquals(Kind.BAD_REQUEST, refused.kind());
        assertEquals(List.of("toy: the target does not like this key"), refused.errors());
        assertTrue(bench.only().mintOver());
        target.refuses = "none";
        bench.reapAll();
    }

    @Test
    void mint_pastItsDeadline_is502_andWhatComesLateIsRevoked() {
        bench.mintWithin(Duration.ofMillis(200));
        target.mute = new CountDownLatch(1);
        assertEquals(Kind.TARGET_FAILED, cant().kind());
        assertFalse(bench.only().mintOver());
        target.mute.countDown();
        bench.reapUntil(() -> bench.leases().isEmpty());
        assertTrue(target.keys.isEmpty());
    }

    @Test
    void requests_moreThanTheLaneHolds_are429_andWriteNothing() {
        target.mute = new CountDownLatch(1);
        List<Future<Reply>> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            all.add(bench.begin(Verb.READ, "toys/creds/reader", "{}", Caller.NOBODY));
        }
        target.mute.countDown();
        int busy = 0;
        for (Future<Reply> each : all) {
            try {
                Bench.await(each);
            } catch (ApiException e) {
                assertEquals(Kind.BUSY, e.kind());
                busy++;
            }
        }
        assertTrue(busy >= 4, "busy: " + busy);
        assertEquals(10 - busy, bench.leases().size());
        assertEquals(10 - busy, target.keys.size());
    }

    @Test
    void lane_followsItsTargetsOwnNumber_alsoAfterARestart() {
        bench.write("toys/config/shop", "{'calls':1}");
        assertEquals(2, bench.mounts.enders().room(shop()));
        bench.restart(Map.of("toy", () -> new ToyEngine(target)));
        assertEquals(2, bench.mounts.enders().room(shop()));
        bench.write("toys/config/shop", "{'calls':0}");
        assertEquals(4, bench.mounts.enders().room(shop()));
    }

    private LaneKey shop() {
        return new LaneKey(bench.mounts.list().get(0).id(), "shop");
    }

    @Test
    void batch_withOneBadItem_failsItAlone() {
        bench.write("toys/roles/bad", "{'target':'shop','label':'evil'}");
        target.refuses = "evil";
        target.mute = new CountDownLatch(1);
        Future<Reply> first = bench.begin(Verb.READ, "toys/creds/reader", "{}", Caller.NOBODY);
        Future<Reply> second = bench.begin(Verb.READ, "toys/creds/reader", "{}", Caller.NOBODY);
        Future<Reply> bad = bench.begin(Verb.READ, "toys/creds/bad", "{}", Caller.NOBODY);
        Future<Reply> last = bench.begin(Verb.READ, "toys/creds/reader", "{}", Caller.NOBODY);
        target.mute.countDown();
        Bench.await(first);
        Bench.await(second);
        Bench.await(last);
        assertEquals(
                Kind.BAD_REQUEST,
                assertThrows(ApiException.class, () -> Bench.await(bad)).kind());
        assertEquals(3, target.keys.size());
    }

    @Test
    void reply_thatNobodyGets_isRevoked() {
        Reply reply = issue();
        reply.undelivered().run();
        bench.reapAll();
        assertTrue(target.keys.isEmpty());
    }

    @Test
    void withoutEffect_isOneWrite_andGoesByItself() {
        Reply reply = bench.read("toys/badges/reader");
        assertFalse(lease(reply).renewable());
        assertEquals(LeaseState.ACTIVE, bench.only().state());
        bench.advance(Duration.ofHours(2));
        bench.reapAll();
        assertEquals(List.of(), target.calls);
    }

    @Test
    void revocations_comeInLists() {
        for (int i = 0; i < 40; i++) {
            issue();
        }
        bench.advance(Duration.ofHours(2));
        bench.reapAll();
        assertTrue(target.calls.stream().anyMatch("drop 16"::equals), target.calls.toString());
        assertTrue(target.keys.isEmpty());
    }

    @Test
    void revocation_thatIsRefused_isTriedAloneAndKeepsTheError() {
        bench.write("toys/roles/bad", "{'target':'shop','label':'evil'}");
        issue();
        bench.read("toys/creds/bad");
        issue();
        target.refuses = "evil";
        bench.advance(Duration.ofHours(2));
        bench.reapUntil(() -> bench.leases().size() == 1);
        bench.reapUntil(() -> bench.only().lastError() != null);
        assertEquals("toy: the target does not like this key", bench.only().lastError());
        assertEquals(1, target.keys.size());
    }

    @Test
    void rowThatCantBeRead_isNamed_andTheOthersGo() {
        issue();
        long n = bench.store.leases().next();
        Lease good = bench.only();
        NewLease bad = new NewLease(
                n,
                good.source(),
                0,
                bench.now(),
                bench.now(),
                good.expiresAt(),
                good.expiresAt(),
                "",
                null,
                true,
                0,
                Bytes.EMPTY,
                false,
                good.keyVersion(),
                good.sealed(),
                Afterlife.NONE);
        Bench.await(bench.store.leases().issue(bad, SLACK));
        bench.advance(Duration.ofHours(2));
        bench.reapUntil(() -> bench.leases().size() == 1);
        bench.reapUntil(() -> bench.only().lastError() != null);
        assertTrue(String.valueOf(bench.only().lastError()).startsWith("the handle of lease " + n));
    }

    private Renewed renew(Lease lease, Optional<Duration> increment, Instant parentEnds) {
        return Bench.await(bench.mounts.renew().renew(lease, increment, parentEnds));
    }

    @Test
    void renew_tellsTheTarget_thenTheRow() {
        issue();
        bench.advance(Duration.ofMinutes(30));
        Renewed renewed = renew(bench.only(), Optional.empty(), Lease.NEVER);
        assertEquals(bench.now().plus(Duration.ofHours(1)), renewed.expiresAt());
        assertEquals(renewed.expiresAt(), bench.only().expiresAt());
        assertEquals(
                renewed.expiresAt().plus(SLACK), target.keys.values().iterator().next());
    }

    @Test
    void renew_afterTheTokenWasRenewed_goesFurther() {
        Caller caller = token(Bench.START.plusSeconds(60));
        Bench.await(bench.begin(Verb.READ, "toys/creds/reader", "{}", caller));
        Lease lease = bench.leases().get(1);
        Renewed bound = renew(lease, Optional.empty(), Bench.START.plusSeconds(90));
        assertEquals(Bench.START.plusSeconds(90), bound.expiresAt());
        assertTrue(
                bound.warnings().get(0).contains("the token"), bound.warnings().toString());
        Renewed free = renew(bench.leases().get(1), Optional.empty(), Lease.NEVER);
        assertEquals(Bench.START.plusSeconds(3600), free.expiresAt());
        assertEquals(List.of(), free.warnings());
    }

    @Test
    void renew_beyondItsMaximum_isBound_andSaysSo() {
        issue();
        Renewed renewed = renew(bench.only(), Optional.of(Duration.ofHours(9)), Lease.NEVER);
        assertEquals(Bench.START.plus(Duration.ofHours(4)), renewed.expiresAt());
        assertTrue(
                renewed.warnings().get(0).contains("its maximum"),
                renewed.warnings().toString());
    }

    @Test
    void renew_neverMakesItEndEarlier() {
        issue();
        Renewed renewed = renew(bench.only(), Optional.of(Duration.ofMinutes(1)), Lease.NEVER);
        assertEquals(Bench.START.plus(Duration.ofHours(1)), renewed.expiresAt());
        assertFalse(target.calls.contains("extend"));
    }

    @Test
    void renew_ofWhatTheTargetHasNoMore_is400_andTheLeaseEnds() {
        issue();
        target.keys.clear();
        bench.advance(Duration.ofMinutes(1));
        Lease lease = bench.only();
        ApiException refused = assertThrows(ApiException.class, () -> renew(lease, Optional.empty(), Lease.NEVER));
        assertEquals(Kind.BAD_REQUEST, refused.kind());
        bench.reapAll();
    }

    @Test
    void renew_whileTheTargetIsAway_is502_andTheLeaseStays() {
        issue();
        target.away = true;
        bench.advance(Duration.ofMinutes(1));
        Lease lease = bench.only();
        ApiException refused = assertThrows(ApiException.class, () -> renew(lease, Optional.empty(), Lease.NEVER));
        assertEquals(Kind.TARGET_FAILED, refused.kind());
        assertEquals(LeaseState.ACTIVE, bench.only().state());
    }

    @Test
    void renew_ofAnExpiredOne_orOneThatCantBe_is400() {
        issue();
        Lease lease = bench.only();
        bench.advance(Duration.ofHours(1));
        assertThrows(ApiException.class, () -> renew(lease, Optional.empty(), Lease.NEVER));
        bench.advance(SLACK);
        bench.reapAll();
        bench.read("toys/badges/reader");
        Lease badge = bench.only();
        assertThrows(ApiException.class, () -> renew(badge, Optional.empty(), Lease.NEVER));
    }
}
