package io.daypass.testkit;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.broker.api.ApiException;
import io.daypass.broker.mount.Bench;
import io.daypass.broker.mount.Renewed;
import io.daypass.broker.mount.guard.EngineFailure;
import io.daypass.lease.Lease;
import io.daypass.plugin.Doc;
import io.daypass.plugin.Draft;
import io.daypass.plugin.Kept;
import io.daypass.testkit.Trial.Issued;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every engine must keep. It is mounted on the broker's own mount host, over a store in memory, in real time.
 *
 * <p>A test is skipped only for what the engine declares, such as a kind of lease without effect; never for what it was
 * seen to do. Tests that need the target to fail have the {@linkplain EngineSubject#link link} to it fail.
 */
@Timeout(120)
public abstract class EngineContract extends EngineDue {
    private static final int AT_ONCE = 12;
    private static final int SOME = 3;
    private static final int RELOADS = 10;

    /** For subclasses. */
    protected EngineContract() {}

    // Life

    @Test
    void issue_works_untilRevoked() throws Exception {
        Issued issued = trial.issue();
        assertTrue(works(issued.credential()), "a credential that was just issued");
        trial.end(issued);
        assertFalse(works(issued.credential()), "a credential whose lease was revoked");
    }

    @Test
    void issue_isLeasedWithinBounds() {
        Duration asked = Duration.ofSeconds(90);
        Lease row = trial.row(trial.issue(asked));
        assertFalse(row.expiresAt().isAfter(row.issuedAt().plus(asked)), "it lives longer than was asked for");
        assertTrue(row.expiresAt().isAfter(row.issuedAt()));
        Draft<?, ?> draft = trial.watch.drafts.get(0);
        assertFalse(draft.lifetime().expiresAt().isAfter(row.expiresAt().plus(Trial.SLACK)));
    }

    @Test
    void expiry_endsIt() throws Exception {
        onlyWithEffect();
        Issued issued = trial.issue(SHORT);
        trial.awaitEnd();
        assertFalse(works(issued.credential()), "a credential whose lease has expired");
        assertEquals(0, leftHere());
    }

    @Test
    void renew_tellsTheTarget() throws Exception {
        onlyIfDeclared("extend");
        Issued issued = trial.issue(SOON);
        Lease row = trial.row(issued);
        Renewed renewed =
                Bench.await(trial.bench.mounts().renew().renew(row, Optional.of(Duration.ofMinutes(1)), Lease.NEVER));
        assertTrue(renewed.expiresAt().isAfter(row.expiresAt()), "the lease could not be renewed");
        Instant past = row.dueAt().plus(Duration.ofMillis(500));
        trial.bench.reapUntil(() -> trial.bench.now().isAfter(past));
        assertTrue(works(issued.credential()), "a renewed credential after its first end");
    }

    @Test
    void extend_ofWhatIsGone_isRefused_andMakesNothing() throws Exception {
        onlyIfDeclared("extend");
        trial.end(trial.issue());
        Instant later = trial.bench.now().plus(Duration.ofHours(1));
        EngineFailure failure =
                assertThrows(EngineFailure.class, () -> trial.call(trial.kind(), "extend", trial.lastHandle(), later));
        assertEquals(EngineFailure.Kind.REFUSED, failure.kind(), failure.text());
        assertEquals(0, leftHere());
    }

    // Revocation

    @Test
    void revoke_twice_isTheSame() throws Exception {
        Issued issued = trial.issue();
        trial.end(issued);
        DeclaredKind kind = trial.kind();
        for (String ending : kind.endings()) {
            trial.call(kind, ending, trial.lastHandle(), trial.bench.now());
            trial.call(kind, ending, trial.lastHandle(), trial.bench.now());
        }
        assertFalse(works(issued.credential()));
    }

    @Test
    void revoke_ofWhatWasNeverMinted_succeeds() throws Exception {
        onlyWithEffect();
        trial.watch.fault = Fault.NEVER_MINTED;
        trial.refused();
        assertNothingIsLeft();
    }

    @Test
    void revoke_afterAMintWhoseAnswerWasLost_leavesNothing() throws Exception {
        onlyWithEffect();
        trial.bench.within(SOON, SOON);
        trial.watch.fault = Fault.ANSWER_LOST;
        trial.refused();
        assertEquals(1, leftHere(), "credentials that the mint made before its answer was lost");
        assertNothingIsLeft();
    }

    @Test
    void revoke_afterEveryPrefixOfAMint_leavesNothing() throws Exception {
        onlyWithEffect();
        trial.bench.within(SOON, SOON);
        breakOffAtHostCalls();
        breakOffAtMessages();
        assertNothingIsLeft();
    }

    @Test
    void revoke_withTheHandleAlone_afterRestart() throws Exception {
        Issued issued = trial.issue();
        trial.restart();
        assertTrue(works(issued.credential()), "a credential after a restart of the broker");
        trial.end(issued);
        assertFalse(works(issued.credential()), "a credential that was revoked after a restart");
    }

    @Test
    void revoke_afterTheRoleIsGone() throws Exception {
        Issued issued = trial.issue();
        List<String> paths = new ArrayList<>(configuration().keySet());
        Collections.reverse(paths);
        paths.stream().filter(trial::isOneOfSeveral).forEach(trial::remove);
        trial.end(issued);
        assertFalse(works(issued.credential()), "a credential that was revoked after its role was deleted");
    }

    @Test
    void revoke_ofHandlesOfEarlierVersions() {
        assertAll(earlierHandles().entrySet().stream()
                .flatMap(kind -> kind.getValue().stream().map(stored -> () -> endEarlier(kind.getKey(), stored))));
    }

    private void endEarlier(String name, String stored) {
        Record handle = trial.handle(name, stored);
        trial.watch.kinds.stream()
                .filter(kind -> kind.name().equals(name))
                .forEach(kind -> kind.endings().forEach(ending -> trial.call(kind, ending, handle, trial.bench.now())));
    }

    @Test
    void settle_vouchesForNothing_beforeTheDeadlineHasPassed() {
        onlyIfDeclared("settle");
        trial.end(trial.issue());
        Instant later = trial.bench.now().plus(Duration.ofMinutes(1));
        assertEquals(false, trial.call(trial.kind(), "settle", trial.lastHandle(), later));
    }

    // Outage

    @Test
    void draft_whileTheTargetIsDown_succeeds() {
        onlyWithEffect();
        link().cut();
        trial.restart();
        ApiException refused = trial.refused();
        assertEquals(1, trial.bench.leases().size(), () -> "leases that were drafted, but: " + refused.errors());
    }

    @Test
    void draft_doesNoIo() throws Exception {
        trial.end(trial.issue());
        long before = hasEffect() ? Trial.crossings(link()) : 0;
        trial.watch.fault = Fault.NEVER_MINTED;
        try (Flight flight = new Flight()) {
            trial.refused();
            assertEquals(List.of(), flight.ofDrafts(), "what a draft read and wrote");
        }
        long after = hasEffect() ? Trial.crossings(link()) : 0;
        assertEquals(before, after, "what crossed the link to the target though nothing was minted");
    }

    @Test
    void mint_whileTheTargetIsDown_isUnavailable_andNothingIsLeft() throws Exception {
        onlyWithEffect();
        trial.bench.within(SOON, SOON);
        link().cut();
        assertEquals(ApiException.Kind.TARGET_FAILED, trial.refused().kind());
        link().heal();
        assertNothingIsLeft();
    }

    @Test
    void revoke_whileTheTargetIsDown_isUnavailable_andSucceedsAfter() throws Exception {
        onlyWithEffect();
        Issued issued = trial.issue();
        link().cut();
        trial.revoke(issued);
        trial.awaitFailedAttempt(issued);
        assertEquals(1, trial.bench.leases().size(), "a target that can't be seen was taken for one that has nothing");
        link().heal();
        assertNothingIsLeft();
        assertFalse(works(issued.credential()));
    }

    @Test
    void mint_whileTheTargetIsMute_endsByTheDeadline() throws Exception {
        onlyWithEffect();
        trial.end(trial.issue());
        trial.bench.within(SHORT, SHORT);
        link().mute();
        assertEquals(ApiException.Kind.TARGET_FAILED, trial.refused().kind());
        assertTrue(trial.isIdleWithin(SOON), "a mint goes on long after its deadline");
        link().heal();
        assertNothingIsLeft();
    }

    @Test
    void revoke_whileTheTargetIsMute_endsByTheDeadline() throws Exception {
        onlyWithEffect();
        Issued issued = trial.issue();
        trial.bench.within(SHORT, SHORT);
        link().mute();
        trial.revoke(issued);
        trial.awaitFailedAttempt(issued);
        assertTrue(trial.isIdleWithin(SOON), "a revocation goes on long after its deadline");
        link().heal();
        assertNothingIsLeft();
    }

    // What there is

    @Test
    void list_isComplete() throws Exception {
        onlyIfDeclared("list");
        Set<String> before = trial.orphans();
        try (Trial other = new Trial(this)) {
            List<Issued> theirs = other.issueAtOnce(SOME);
            Set<String> orphans = trial.orphans();
            orphans.removeAll(before);
            assertEquals(SOME, orphans.size(), "what another broker made, which has no lease here");
            theirs.forEach(other::revoke);
            other.awaitEnd();
        }
        Issued own = trial.issue();
        assertEquals(before, trial.orphans(), "what has no lease, when there is only what has one");
        trial.end(own);
    }

    @Test
    void list_leavesStrangersAlone() throws Exception {
        onlyIfDeclared("list");
        String stranger = stranger();
        Issued own = trial.issue();
        assertFalse(trial.orphans().contains(stranger), "somebody else's was taken for a broker's");
        trial.end(own);
        assertFalse(trial.orphans().contains(stranger), "somebody else's was taken for a broker's");
    }

    // The rest

    @Test
    void concurrent_issuesAreAllDistinct() throws Exception {
        List<Issued> issued = trial.issueAtOnce(AT_ONCE);
        boolean haveSecrets = trial.kind().answersSecret(issuePath(), secretFields());
        Set<Object> secrets = new HashSet<>();
        for (Issued each : issued) {
            secrets.add(haveSecrets ? trial.secrets(each.data()) : each.n());
            assertTrue(works(each.credential()), "one of " + AT_ONCE + " credentials that were issued at once");
        }
        assertEquals(AT_ONCE, secrets.size(), "distinct secrets");
        Set<Record> handles = new HashSet<>();
        trial.watch.drafts.forEach(draft -> handles.add(draft.handle()));
        assertEquals(AT_ONCE, handles.size(), "distinct handles");
        issued.forEach(trial::revoke);
        trial.awaitEnd();
        for (Issued each : issued) {
            assertFalse(works(each.credential()), "one of " + AT_ONCE + " credentials that were revoked at once");
        }
    }

    @Test
    void everyComponent_isDocumented() {
        List<String> silent = new ArrayList<>();
        trial.watch.entries.forEach((path, entry) -> addSilent(path, entry, silent));
        assertEquals(List.of(), silent, "components without @Doc");
    }

    private static void addSilent(String where, Class<?> type, List<String> silent) {
        for (RecordComponent each : type.getRecordComponents()) {
            String name = where + " " + each.getName();
            Doc doc = each.getAnnotation(Doc.class);
            if (doc == null || doc.value().isBlank()) {
                silent.add(name);
            }
            if (each.getType().isRecord() && !each.isAnnotationPresent(Kept.class)) {
                addSilent(name, each.getType(), silent);
            }
        }
    }

    @Test
    void close_leavesNoThread() throws Exception {
        trial.end(trial.issue());
        trial.close();
        Set<Thread> before = Leftovers.threads();
        trial = new Trial(this);
        trial.end(trial.issue());
        trial.close();
        Set<Thread> since = Leftovers.threadsSince(before);
        trial = new Trial(this);
        assertEquals(Set.of(), since, "threads that outlive the engine");
    }

    @Test
    void reload_againAndAgain_leavesAtMostOneClassLoader() throws Exception {
        Leftovers leftovers = new Leftovers();
        for (int i = 0; i < RELOADS; i++) {
            leftovers.watch(trial.reload());
            trial.end(trial.issue());
        }
        trial.restart();
        assertTrue(leftovers.loadersHeld(1, lingering()) <= 1, "class loaders are held after their plugin was closed");
    }
}
