package io.daypass.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.lease.sqlite.Settings;
import io.daypass.lease.sqlite.SqliteStore;
import io.daypass.outbox.Event;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The reaper on a store in memory, everything on one thread, with calls that end when the test says so. */
class ReaperTest {
    private static final LaneKey OTHER = new LaneKey("m1", "other");

    private final Connection connection = SqliteStore.memory();
    private final Deque<Runnable> queue = new ArrayDeque<>();
    private final StoreUnderTest table = new StoreUnderTest(
            clock -> SqliteStore.over(connection, clock, Settings.DEFAULT.portions(64, 16, 4096), this::run));
    private final Calls calls = new Calls();
    private final Reaper reaper =
            new Reaper(table.leases(), table.store().clock(), new SplittableRandom(7), calls, Terms.DEFAULT);

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    /** Runs at once, and in order: what is asked for meanwhile comes after. */
    private void run(Runnable work) {
        queue.add(work);
        if (queue.size() == 1) {
            while (!queue.isEmpty()) {
                queue.element().run();
                queue.remove();
            }
        }
    }

    private Duration tick() {
        return Await.get(reaper.tick());
    }

    private record Asked(List<Long> numbers, boolean settle, CompletableFuture<List<Ended>> answer) {
        void all(Ended ended) {
            answer.complete(numbers.stream().map(n -> ended).toList());
        }
    }

    private static final class Calls implements Enders {
        final List<Asked> asked = new ArrayList<>();
        final Map<LaneKey, Integer> room = new HashMap<>();
        Traits traits = new Traits(true, 4);
        boolean faulty;
        List<String> withoutEffect = List.of();
        int logins = 1;

        @Override
        public int room(LaneKey lane) {
            if (faulty && lane.equals(OTHER)) {
                throw new IllegalStateException("a fault");
            }
            return room.getOrDefault(lane, 100);
        }

        @Override
        public Traits traits(String mount, String kind) {
            if (faulty) {
                throw new IllegalStateException("a fault");
            }
            return traits;
        }

        @Override
        public List<String> withoutEffect(String mount) {
            return withoutEffect;
        }

        @Override
        public Object alike(Lease lease) {
            return lease.n() % logins;
        }

        @Override
        public CompletionStage<List<Ended>> end(List<Lease> leases, boolean settle) {
            List<Long> numbers = leases.stream().map(Lease::n).toList();
            Asked call = new Asked(numbers, settle, new CompletableFuture<>());
            asked.add(call);
            return call.answer;
        }

        Asked only() {
            assertEquals(1, asked.size());
            return asked.remove(0);
        }
    }

    @Test
    void nothingDue_isLookedAtAgainWhenSomethingIs() {
        assertEquals(Duration.ofMinutes(1), tick());
        table.active(Draft.lease(table.next()).lasting(Duration.ofSeconds(20)));
        assertEquals(Duration.ofSeconds(22), tick());
        table.advance(Duration.ofHours(-1));
        assertEquals(Duration.ofMinutes(1), tick());
        assertEquals(List.of(), calls.asked);
    }

    @Test
    void due_isEnded_andGone() {
        long n = table.active(Draft.lease(table.next()).lasting(Duration.ofSeconds(20)));
        table.advance(Duration.ofSeconds(22));
        tick();
        Asked call = calls.only();
        assertEquals(List.of(n), call.numbers);
        assertEquals(false, call.settle);
        assertEquals(LeaseState.REVOKING, table.state(n));
        call.all(Ended.GONE);
        assertEquals(Optional.empty(), table.find(n));
        assertEquals(Duration.ofMinutes(1), tick());
    }

    @Test
    void leasesOfOneKind_areEndedInLists_apartByWhetherTheirMintIsOver() {
        List<Long> active = new ArrayList<>();
        List<Long> pending = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            active.add(table.active(Draft.lease(table.next()).lasting(Duration.ofSeconds(5))));
            pending.add(table.begin(Draft.lease(table.next())));
        }
        table.advance(Duration.ofSeconds(10));
        tick();
        assertEquals(
                Set.of(active.subList(0, 4), active.subList(4, 6), pending.subList(0, 4), pending.subList(4, 6)),
                Set.copyOf(calls.asked.stream().map(Asked::numbers).toList()));
        for (Asked call : calls.asked) {
            assertEquals(pending.containsAll(call.numbers), call.settle);
        }
    }

    @Test
    void manyLeases_ofSeveralLogins_areGatheredBeforeTheyAreEnded_inListsOfOneLogin() {
        calls.logins = 40;
        calls.traits = new Enders.Traits(true, 64);
        for (int i = 0; i < 400; i++) {
            table.active(Draft.lease(table.next()).lasting(Duration.ofSeconds(20)));
        }
        table.advance(Duration.ofSeconds(22));
        tick();
        assertEquals(40, calls.asked.size());
        for (Asked call : calls.asked) {
            assertEquals(10, call.numbers.size());
            assertEquals(1, call.numbers.stream().map(n -> n % 40).distinct().count());
        }
    }

    @Test
    void aMintOfUnknownOutcome_waits_andGoesWhenTheTargetVouches() {
        long n = table.begin(Draft.lease(table.next()));
        Await.get(table.leases().mintFailed(n, false, "no answer"));
        tick();
        calls.only().all(Ended.GONE);
        assertEquals(
                "kept until 2026-11-24T09:01:10Z to be sure: its mint may still arrive",
                table.lease(n).lastError());
        assertEquals(Duration.ofMinutes(1), tick());
        table.advance(Duration.ofSeconds(70));
        tick();
        Asked second = calls.only();
        assertTrue(second.settle);
        second.all(Ended.VOUCHED);
        assertEquals(Optional.empty(), table.find(n));
    }

    @Test
    void aMintOfUnknownOutcome_whereNothingCanVouch_isKeptForTheQuarantine() {
        long n = table.begin(Draft.lease(table.next()));
        Await.get(table.leases().mintFailed(n, false, "no answer"));
        tick();
        calls.only().all(Ended.UNFENCED);
        assertEquals(
                "kept until 2026-11-24T10:00:10Z to be sure: its mint may still arrive",
                table.lease(n).lastError());
        table.advance(Duration.ofMinutes(59));
        tick();
        assertTrue(calls.asked.isEmpty());
        table.advance(Duration.ofSeconds(71));
        tick();
        calls.only().all(Ended.UNFENCED);
        assertEquals(Optional.empty(), table.find(n));
    }

    @Test
    void aMintThatReturnsWhileItIsRevoked_isRevokedOnceMore() {
        long n = table.begin(Draft.lease(table.next()));
        table.revoke(n);
        tick();
        Asked first = calls.only();
        Await.get(table.leases().mintReturned(n));
        first.all(Ended.GONE);
        assertTrue(table.find(n).isPresent());
        tick();
        calls.only().all(Ended.GONE);
        assertEquals(Optional.empty(), table.find(n));
    }

    @Test
    void failure_isTriedAgain_ever_andNeverInAHurry() {
        long n = table.active(Draft.lease(table.next()));
        table.revoke(n);
        tick();
        for (int i = 1; i <= 12; i++) {
            calls.only().all(Ended.failed("it owns objects"));
            Lease lease = table.lease(n);
            assertEquals(i, lease.attempts());
            Duration pause = Duration.between(table.now(), lease.dueAt());
            assertTrue(pause.compareTo(Duration.ofSeconds(1)) >= 0 && pause.compareTo(Duration.ofMinutes(5)) <= 0);
            tick();
            assertEquals(List.of(), calls.asked);
            table.advance(pause);
            tick();
        }
        assertEquals(Map.of(), reaper.breakers());
    }

    @Test
    void targetAway_onlyOneIsTriedAtATime_andOtherLanesGoOn() {
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(table.active(Draft.lease(table.next())));
            table.revoke(all.get(i));
        }
        calls.room.put(Draft.LANE, 1);
        tick();
        calls.only().all(Ended.unavailable("no route"));
        OpenBreaker open = Objects.requireNonNull(reaper.breakers().get(Draft.LANE));
        assertEquals(new OpenBreaker(table.now(), 1, "no route", open.probeAt()), open);
        assertEquals(Duration.between(table.now(), open.probeAt()), tick());
        long other = table.active(Draft.lease(table.next()).in(OTHER));
        table.revoke(other);
        tick();
        Asked elsewhere = calls.only();
        assertEquals(List.of(other), elsewhere.numbers);
        elsewhere.all(Ended.GONE);
        table.advance(Duration.between(table.now(), open.probeAt()));
        tick();
        Asked probe = calls.only();
        assertEquals(1, probe.numbers.size());
        tick();
        assertEquals(List.of(), calls.asked);
        probe.all(Ended.GONE);
        assertEquals(Map.of(), reaper.breakers());
        assertEquals(1, calls.asked.get(0).numbers.size());
        int untried = (int) all.stream()
                .filter(n -> table.find(n).isPresent() && table.lease(n).attempts() == 0)
                .count();
        assertEquals(15, untried);
    }

    @Test
    void fullLane_isNotGivenMore_andIsLookedAtAgainSoon() {
        long n = table.active(Draft.lease(table.next()));
        table.revoke(n);
        calls.room.put(Draft.LANE, 0);
        assertEquals(Duration.ofMillis(100), tick());
        assertEquals(List.of(), calls.asked);
        calls.room.put(Draft.LANE, 1);
        tick();
        calls.only().all(Ended.BUSY);
        assertEquals(0, table.lease(n).attempts());
        assertEquals(table.now().plusMillis(250), table.lease(n).dueAt());
    }

    @Test
    void aCallThatHangs_isLeftToItself_whenItsClaimLapses() {
        long n = table.active(Draft.lease(table.next()));
        table.revoke(n);
        tick();
        Asked hanging = calls.only();
        table.advance(Duration.ofSeconds(31));
        tick();
        assertEquals(List.of(), calls.asked);
        hanging.all(Ended.GONE);
        assertEquals(Optional.empty(), table.find(n));
    }

    @Test
    void enderThatThrows_orAnswersNonsense_countsAsAFailedAttempt() {
        long n = table.active(Draft.lease(table.next()));
        table.revoke(n);
        tick();
        calls.only().answer.completeExceptionally(new IllegalStateException("a fault"));
        assertEquals(
                "ending it failed inside the broker; its log has more",
                table.lease(n).lastError());
        table.advance(Duration.ofSeconds(2));
        tick();
        calls.only().answer.complete(List.of());
        assertEquals("1 were to be ended, 0 answers came", table.lease(n).lastError());
    }

    @Test
    void endersThatThrow_stopNothingForGood() {
        long here = table.active(Draft.lease(table.next()));
        long there = table.active(Draft.lease(table.next()).in(OTHER));
        table.revoke(here);
        table.revoke(there);
        calls.faulty = true;
        tick();
        assertEquals(List.of(), calls.asked);
        calls.faulty = false;
        table.advance(Duration.ofSeconds(30));
        tick();
        List.copyOf(calls.asked).forEach(call -> call.all(Ended.GONE));
        assertEquals(0, table.count(LeaseFilter.ALL));
    }

    @Test
    void parent_goesLast_howeverDeepTheChain() {
        int depth = 6;
        List<Long> chain = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            Draft token = Draft.token(table.next());
            chain.add(table.issue(i == 0 ? token : token.under(chain.get(i - 1))));
            table.active(Draft.lease(table.next()).under(chain.get(i)));
        }
        List<Long> gone = new ArrayList<>();
        table.store()
                .outbox()
                .listen(committed -> committed.events().stream()
                        .filter(event -> event.type() == Event.Type.ENDED)
                        .forEach(event -> gone.add(event.n())));
        table.revoke(chain.get(0));
        for (int i = 0; i < 4 * depth && table.count(LeaseFilter.ALL) > 0; i++) {
            tick();
            List<Asked> asked = List.copyOf(calls.asked);
            calls.asked.clear();
            asked.forEach(call -> call.all(Ended.GONE));
        }
        assertEquals(0, table.count(LeaseFilter.ALL));
        List<Long> tokens = gone.stream().filter(chain::contains).toList();
        List<Long> backwards = new ArrayList<>(chain);
        Collections.reverse(backwards);
        assertEquals(backwards, tokens);
    }

    @Test
    void manyWithoutEffect_goInPortions_withoutACall() {
        calls.withoutEffect = List.of("key");
        for (int i = 0; i < 300; i++) {
            table.issue(Draft.lease(table.next()).kind("key"));
        }
        table.advance(Duration.ofHours(2));
        tick();
        assertEquals(0, table.count(LeaseFilter.ALL));
        assertEquals(List.of(), calls.asked);
    }

    @Test
    void stopped_takesNothingMore_andGivesBackWhatWasNotTried() {
        calls.traits = Enders.Traits.PLAIN;
        calls.room.put(Draft.LANE, 1);
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(table.active(Draft.lease(table.next())));
            table.revoke(all.get(i));
        }
        tick();
        Asked first = calls.only();
        Instant stopped = table.now();
        reaper.stop();
        calls.room.put(Draft.LANE, 100);
        first.all(Ended.GONE);
        tick();
        assertEquals(List.of(), calls.asked);
        assertEquals(4, table.count(LeaseFilter.ALL));
        table.list(LeaseFilter.ALL)
                .forEach(n -> assertEquals(stopped, table.lease(n).dueAt()));
    }
}
