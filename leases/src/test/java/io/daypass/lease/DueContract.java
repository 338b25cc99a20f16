package io.daypass.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What any lease table must do with what is due: claims, retries, waiting, removal, parents and their children. */
public interface DueContract {
    /** The store, empty, with the portions of {@link StoreUnderTest}. */
    StoreUnderTest table();

    @Test
    default void claim_takesOnlyWhatIsDue_oldestFirst() {
        long late = table().active(Draft.lease(table().next()).lasting(Duration.ofMinutes(2)));
        long early = table().active(Draft.lease(table().next()).lasting(Duration.ofMinutes(1)));
        long never = table().next();
        Await.get(table().leases().issue(Draft.lease(never).withoutEnd(table().now()), Draft.SLACK));
        assertEquals(Lease.NEVER, table().lease(never).dueAt());
        table().advance(Duration.ofMinutes(1));
        assertEquals(List.of(), table().claimed(Draft.LANE));
        table().advance(Duration.ofMinutes(3));
        assertEquals(List.of(early, late), table().claimed(Draft.LANE));
        assertEquals(List.of(), table().claimed(Draft.LANE));
        assertEquals(LeaseState.ACTIVE, table().state(never));
    }

    @Test
    default void claim_isWrittenBeforeItIsAnswered_andLapses() {
        long n = table().active(Draft.lease(table().next()).lasting(Duration.ofMinutes(1)));
        table().advance(Duration.ofMinutes(2));
        Claimed claimed = table().claim(Draft.LANE);
        assertEquals(table().lease(n), claimed.leases().get(0));
        assertEquals(LeaseState.REVOKING, table().state(n));
        assertEquals(table().now().plusSeconds(30), table().lease(n).dueAt());
        assertEquals(List.of("BEGUN", "ISSUED", "ENDING expired"), table().told(n));
        table().advance(Duration.ofSeconds(30));
        assertEquals(List.of(n), table().claimed(Draft.LANE));
        assertEquals(List.of("BEGUN", "ISSUED", "ENDING expired"), table().told(n));
    }

    @Test
    default void claim_takesPendingRowsPastTheirMintDeadline_whoseMintIsNotOver() {
        long n = table().begin(Draft.lease(table().next()));
        table().advance(Duration.ofSeconds(9));
        assertEquals(List.of(), table().claimed(Draft.LANE));
        table().advance(Duration.ofSeconds(1));
        Lease lease = table().claim(Draft.LANE).leases().get(0);
        assertEquals(n, lease.n());
        assertFalse(lease.mintOver());
        assertEquals(List.of("BEGUN", "ENDING mint"), table().told(n));
    }

    @Test
    default void claim_afterRenewal_goesByTheNewEnd() {
        long n = table().active(Draft.lease(table().next()).lasting(Duration.ofMinutes(1)));
        table().advance(Duration.ofSeconds(30));
        assertTrue(Await.get(table().leases().renew(n, table().now().plusSeconds(60), Draft.SLACK)));
        table().advance(Duration.ofSeconds(61));
        assertEquals(List.of(), table().claimed(Draft.LANE));
        table().advance(Duration.ofSeconds(1));
        assertEquals(List.of(n), table().claimed(Draft.LANE));
    }

    @Test
    default void claim_takesAPortion_andSaysThatThereIsMore() {
        for (int i = 0; i < 2 * StoreUnderTest.PORTION + 1; i++) {
            table().begin(Draft.lease(table().next()));
        }
        table().advance(Duration.ofMinutes(1));
        assertEquals(
                3,
                Await.get(table().leases().claim(Draft.LANE, 3, Duration.ofSeconds(30), List.of()))
                        .leases()
                        .size());
        Claimed next = table().claim(Draft.LANE);
        assertEquals(StoreUnderTest.PORTION, next.leases().size());
        assertTrue(next.more());
        Claimed last = table().claim(Draft.LANE);
        assertEquals(StoreUnderTest.PORTION - 2, last.leases().size());
        assertFalse(last.more());
    }

    @Test
    default void claim_ofOneLane_leavesOthersAlone() {
        LaneKey other = new LaneKey("m1", "other");
        long here = table().begin(Draft.lease(table().next()));
        long there = table().begin(Draft.lease(table().next()).in(other));
        table().advance(Duration.ofMinutes(1));
        assertEquals(
                Map.of(
                        Draft.LANE,
                        table().lease(here).dueAt(),
                        other,
                        table().lease(there).dueAt()),
                Await.get(table().leases().due()));
        assertEquals(List.of(there), table().claimed(other));
        assertEquals(List.of(here), table().claimed(Draft.LANE));
        assertEquals(List.of(), table().claimed(new LaneKey("m1", "")));
    }

    @Test
    default void claim_removesExpiredRowsWithoutEffect_inTheSameCommit() {
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < StoreUnderTest.PORTION + 2; i++) {
            all.add(table().issue(Draft.lease(table().next()).kind("key")));
        }
        table().advance(Duration.ofHours(1).plus(Draft.SLACK));
        Claimed claimed = table().claim(Draft.LANE, List.of("key"));
        assertEquals(StoreUnderTest.PORTION, claimed.removed());
        assertEquals(List.of(), claimed.leases());
        assertTrue(claimed.more());
        assertEquals(2, table().claim(Draft.LANE, List.of("key")).removed());
        assertEquals(0, table().count(LeaseFilter.ALL));
        assertEquals(List.of("ISSUED", "ENDED expired"), table().told(all.get(0)));
    }

    @Test
    default void claim_ofRowsWithoutEffect_takesThoseThatAreParentsOrWereRevoked() {
        long parent = table().issue(Draft.token(table().next()));
        table().active(Draft.lease(table().next()).under(parent).lasting(Duration.ofHours(2)));
        long revoked = table().issue(Draft.token(table().next()));
        table().revoke(revoked);
        table().advance(Duration.ofHours(2).plus(Draft.SLACK));
        Claimed claimed = table().claim(Draft.TOKENS, List.of("token"));
        assertEquals(0, claimed.removed());
        assertEquals(List.of(parent), claimed.parents());
        assertEquals(Set.of(parent, revoked), numbers(claimed.leases()));
    }

    @Test
    default void release_isDueAgainThen_withoutAnAttempt() {
        long n = table().begin(Draft.lease(table().next()));
        table().revoke(n);
        table().claim(Draft.LANE);
        Instant then = table().now().plusSeconds(3);
        Await.get(table().leases().release(List.of(n), then));
        assertEquals(then, table().lease(n).dueAt());
        assertEquals(0, table().lease(n).attempts());
    }

    @Test
    default void release_ofWhatBecameDueMeanwhile_leavesItDue() {
        long n = table().begin(Draft.lease(table().next()));
        table().revoke(n);
        table().claim(Draft.LANE);
        Await.get(table().leases().mintReturned(n));
        Await.get(table().leases().release(List.of(n), table().now().plusSeconds(300)));
        assertEquals(table().now(), table().lease(n).dueAt());
    }

    @Test
    default void failed_countsAnAttempt_andSaysWhy() {
        long n = table().active(Draft.lease(table().next()));
        table().revoke(n);
        Instant then = table().now().plusSeconds(7);
        Await.get(table().leases().failed(Map.of(n, then), "role \"x\" owns objects"));
        Lease lease = table().lease(n);
        assertEquals(1, lease.attempts());
        assertEquals("role \"x\" owns objects", lease.lastError());
        assertEquals(then, lease.dueAt());
        assertEquals("RETRYING role \"x\" owns objects", table().told(n).get(3));
        long active = table().active(Draft.lease(table().next()));
        Await.get(table().leases().failed(Map.of(active, then), "late word of another broker"));
        assertEquals(0, table().lease(active).attempts());
    }

    @Test
    default void wait_saysUntilWhen_andIsNoAttempt() {
        long n = table().begin(Draft.lease(table().next()));
        table().revoke(n);
        Instant then = table().now().plusSeconds(70);
        Await.get(table().leases().wait(Map.of(n, then)));
        Lease lease = table().lease(n);
        assertEquals("kept until 2026-11-24T09:01:10Z to be sure: its mint may still arrive", lease.lastError());
        assertEquals(0, lease.attempts());
        assertEquals(then, lease.dueAt());
    }

    @Test
    default void wait_ofAMintThatReturnedMeanwhile_isDueAtOnce() {
        long n = table().begin(Draft.lease(table().next()));
        table().revoke(n);
        table().claim(Draft.LANE);
        Await.get(table().leases().mintReturned(n));
        Await.get(table().leases().wait(Map.of(n, table().now().plusSeconds(70))));
        assertEquals(table().now(), table().lease(n).dueAt());
        assertTrue(table().lease(n).mintOver());
    }

    @Test
    default void remove_wantsRevokingAndTheMintOver_orAWord() {
        long active = table().active(Draft.lease(table().next()));
        long unsure = table().begin(Draft.lease(table().next()));
        table().revoke(unsure);
        assertFalse(table().remove(active));
        assertFalse(table().remove(unsure));
        assertEquals(
                List.of(unsure), Await.get(table().leases().remove(List.of(active, unsure, 99_999L), List.of(unsure))));
        table().revoke(active);
        assertTrue(table().remove(active));
        assertEquals(Optional.empty(), table().find(active));
        assertEquals(List.of("BEGUN", "ISSUED", "ENDING revoked", "ENDED"), table().told(active));
    }

    @Test
    default void remove_ofAParent_waitsForItsLastChild_thenItIsDue() {
        long parent = table().active(Draft.token(table().next()));
        long one = table().active(Draft.lease(table().next()).under(parent));
        long two = table().active(Draft.lease(table().next()).under(parent));
        table().revoke(parent);
        assertEquals(List.of(parent), table().claim(Draft.TOKENS).parents());
        assertEquals(2L, Await.get(table().leases().revoke(LeaseFilter.childrenOf(parent), Cause.PARENT)));
        Await.get(table().leases().release(List.of(parent), table().now().plusSeconds(300)));
        assertFalse(table().remove(parent));
        assertTrue(table().remove(one));
        assertEquals(table().now().plusSeconds(300), table().lease(parent).dueAt());
        table().advance(Duration.ofSeconds(1));
        assertTrue(table().remove(two));
        assertEquals(table().now(), table().lease(parent).dueAt());
        assertEquals(List.of(), table().claim(Draft.TOKENS).parents());
        assertTrue(table().remove(parent));
    }

    @Test
    default void lastChildThatExpiresWithoutEffect_makesItsParentDue() {
        long parent = table().issue(Draft.token(table().next()));
        table().issue(Draft.lease(table().next()).kind("key").under(parent));
        table().revoke(parent);
        table().claim(Draft.TOKENS);
        table().advance(Duration.ofHours(1).plus(Draft.SLACK));
        Await.get(table().leases().release(List.of(parent), table().now().plusSeconds(300)));
        assertEquals(1, table().claim(Draft.LANE, List.of("key")).removed());
        assertEquals(table().now(), table().lease(parent).dueAt());
    }

    @Test
    default void children_areFoundOnBothSidesOfTheWatermark_alsoAfterARestart() {
        int count = 3 * StoreUnderTest.CHILD_PORTION + 5;
        long held = table().next();
        long parent = table().issue(Draft.token(table().next()));
        long other = table().issue(Draft.token(table().next()));
        Set<Long> children = new HashSet<>();
        for (int i = 0; i < count; i++) {
            children.add(table().issue(Draft.lease(table().next()).under(i % 3 == 0 ? other : parent)));
        }
        children.removeIf(n -> table().lease(n).parent() != parent);
        // Its number was given long before, and lies below the watermark by now.
        children.add(table().issue(Draft.lease(held).under(parent)));
        table().restart();
        assertEquals(children, Set.copyOf(table().list(LeaseFilter.childrenOf(parent))));
        assertEquals(children.size(), table().count(LeaseFilter.childrenOf(parent)));
        table().revoke(parent);
        assertEquals(
                (long) children.size(),
                Await.get(table().leases().revoke(LeaseFilter.childrenOf(parent), Cause.PARENT)));
        for (long child : children) {
            assertFalse(table().remove(parent));
            assertTrue(table().remove(child));
        }
        assertTrue(table().remove(parent));
        assertEquals(0, table().count(LeaseFilter.childrenOf(parent)));
    }

    @Test
    default void revokeOfMany_endsTokensFirst_inPortions() {
        long parent = table().issue(Draft.token(table().next()));
        Set<Long> tokens = new HashSet<>();
        Set<Long> leases = new HashSet<>();
        for (int i = 0; i < 2 * StoreUnderTest.PORTION + 3; i++) {
            leases.add(table().begin(Draft.lease(table().next()).under(parent)));
            tokens.add(table().issue(Draft.token(table().next()).under(parent)));
        }
        table().revoke(parent);
        List<Long> order = new ArrayList<>();
        table().store().outbox().listen(committed -> committed.events().forEach(event -> order.add(event.n())));
        assertEquals(
                (long) tokens.size() + leases.size(),
                Await.get(table().leases().revoke(LeaseFilter.childrenOf(parent), Cause.PARENT)));
        assertEquals(tokens, Set.copyOf(order.subList(0, tokens.size())));
        assertEquals(leases, Set.copyOf(order.subList(tokens.size(), order.size())));
    }

    private static Set<Long> numbers(List<Lease> leases) {
        Set<Long> numbers = new HashSet<>();
        leases.forEach(lease -> numbers.add(lease.n()));
        return numbers;
    }
}
