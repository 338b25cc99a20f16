package io.daypass.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How leases are found in any lease table. */
public interface QueryContract {
    /** The store, empty, with the portions of {@link StoreUnderTest}. */
    StoreUnderTest table();

    @Test
    default void prefix_meansWholeSegments() {
        long read = table().begin(Draft.lease(table().next()).at("db/creds/read"));
        long reader = table().begin(Draft.lease(table().next()).at("db/creds/reader"));
        long below = table().begin(Draft.lease(table().next()).at("db/creds/read/x"));
        assertEquals(List.of(read, below), table().list(LeaseFilter.under("db/creds/read")));
        assertEquals(List.of(read, below), table().list(LeaseFilter.under("db/creds/read/")));
        assertEquals(List.of(reader), table().list(LeaseFilter.under("db/creds/reader")));
        assertEquals(List.of(read, reader, below), table().list(LeaseFilter.under("db")));
        assertEquals(List.of(), table().list(LeaseFilter.under("d")));
        assertEquals(List.of(), table().list(LeaseFilter.under("db/creds/read%")));
        assertEquals(2, table().count(LeaseFilter.under("db/creds/read")));
        assertEquals(3, table().count(LeaseFilter.under("")));
        assertEquals(1L, Await.get(table().leases().revoke(LeaseFilter.under("db/creds/reader"), Cause.REVOKED)));
        assertEquals(LeaseState.PENDING, table().state(read));
    }

    @Test
    default void list_isInOrderOfNumbers_acrossSources_pageByPage() {
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            all.add(table().begin(Draft.lease(table().next()).at("db/creds/r" + i % 7)));
        }
        table().begin(Draft.lease(table().next()).at("other/creds/r"));
        List<Long> found = new ArrayList<>();
        long after = 0;
        while (true) {
            List<Lease> page = Await.get(table().leases().list(LeaseFilter.under("db"), after, 6));
            if (page.isEmpty()) {
                break;
            }
            page.forEach(lease -> found.add(lease.n()));
            after = page.get(page.size() - 1).n();
        }
        assertEquals(all, found);
    }

    @Test
    default void filters_areCombined() {
        LaneKey other = new LaneKey("m1", "other");
        long one = table().active(Draft.lease(table().next()).lasting(Duration.ofMinutes(5)));
        long two = table().begin(Draft.lease(table().next()));
        long three = table().begin(Draft.lease(table().next()).in(other));
        long four = table().begin(Draft.lease(table().next())
                .in(new LaneKey("m2", "shop"))
                .kind("key"));
        assertEquals(List.of(one, two), table().list(LeaseFilter.in(Draft.LANE)));
        assertEquals(List.of(one, two, three), table().list(LeaseFilter.in(new LaneKey("m1", ""))));
        assertEquals(List.of(one), table().list(state(LeaseState.ACTIVE)));
        assertEquals(List.of(four), table().list(filter(null, "key", null, null, 0)));
        assertEquals(
                List.of(two),
                table().list(filter("m1", "user", table().lease(two).holder(), null, 0)));
        assertEquals(List.of(two, three, four), table().list(filter(null, null, null, Duration.ofMinutes(1), 0)));
        assertEquals(3, table().count(filter(null, null, null, Duration.ofMinutes(1), 0)));
        assertEquals(2, table().count(filter("m1", null, null, Duration.ofMinutes(1), 0)));
        assertEquals(List.of(one, two), table().list(LeaseFilter.ALL.upTo(two)));
        assertEquals(4, table().count(LeaseFilter.ALL));
    }

    @Test
    default void filterByParentAndMount_isBoth() {
        long parent = table().issue(Draft.token(table().next()));
        long here = table().issue(Draft.lease(table().next()).under(parent));
        table().issue(Draft.lease(table().next()).under(parent).in(new LaneKey("m2", "shop")));
        assertEquals(List.of(here), table().list(filter("m1", null, null, null, parent)));
        assertEquals(1, table().count(filter("m1", null, null, null, parent)));
    }

    @Test
    default void revokeOfManyUpTo_leavesLaterOnes() {
        long one = table().begin(Draft.lease(table().next()));
        long two = table().begin(Draft.lease(table().next()));
        LeaseFilter some = LeaseFilter.in(Draft.LANE).upTo(one);
        assertEquals(1L, Await.get(table().leases().revoke(some, Cause.REVOKED)));
        assertEquals(LeaseState.PENDING, table().state(two));
        assertEquals(0L, Await.get(table().leases().revoke(some, Cause.REVOKED)));
    }

    @Test
    default void givenUp_isHiddenUntilAskedFor_andStaysDue() {
        List<Long> ending = new ArrayList<>();
        for (int i = 0; i < 2 * StoreUnderTest.PORTION + 1; i++) {
            ending.add(table().active(Draft.lease(table().next())));
            table().revoke(ending.get(i));
        }
        long live = table().active(Draft.lease(table().next()));
        assertEquals((long) ending.size(), Await.get(table().leases().giveUp(LeaseFilter.under("db"))));
        assertEquals(0L, Await.get(table().leases().giveUp(LeaseFilter.under("db"))));
        assertEquals(List.of(live), table().list(LeaseFilter.under("db")));
        assertEquals(1, table().count(LeaseFilter.in(Draft.LANE)));
        LeaseFilter givenUp = new LeaseFilter("", null, null, null, null, null, 0, null, Long.MAX_VALUE, true);
        assertEquals(ending, table().list(givenUp));
        assertEquals("GIVEN_UP", table().told(ending.get(0)).get(3));
        assertEquals(ending.subList(0, StoreUnderTest.PORTION), table().claimed(Draft.LANE));
        assertTrue(table().remove(ending.get(0)));
        assertEquals(ending.size() - 1, table().count(givenUp));
    }

    @Test
    default void orphans_hangFromNobody_onBothSidesOfTheWatermark() {
        long parent = table().issue(Draft.token(table().next()));
        List<Long> tokens = new ArrayList<>();
        for (int i = 0; i < 2 * StoreUnderTest.CHILD_PORTION; i++) {
            tokens.add(table().issue(Draft.token(table().next()).under(parent)));
        }
        long lease = table().issue(Draft.lease(table().next()).under(parent));
        table().revoke(parent);
        assertEquals((long) tokens.size(), Await.get(table().leases().orphan(parent, Draft.TOKENS.mount())));
        assertEquals(List.of(lease), table().list(LeaseFilter.childrenOf(parent)));
        assertEquals(0, table().lease(tokens.get(0)).parent());
        Await.get(table().leases().revoke(LeaseFilter.childrenOf(parent), Cause.PARENT));
        assertTrue(table().remove(lease));
        assertTrue(table().remove(parent));
        assertEquals(LeaseState.ACTIVE, table().state(tokens.get(3)));
    }

    @Test
    default void sources_areThoseThatHadLeases() {
        long n = table().begin(Draft.lease(table().next()).at("a"));
        table().begin(Draft.lease(table().next()).at("b"));
        Source a = table().lease(n).source();
        table().restart();
        assertEquals(
                Set.of(a, new Source("b", a.mount(), a.kind(), a.target())),
                Set.copyOf(Await.get(table().leases().sources())));
    }

    @Test
    default void numbers_growAndNeverRepeat_alsoAfterRestarts() {
        long last = 0;
        for (int run = 0; run < 3; run++) {
            for (int i = 0; i < StoreUnderTest.BLOCK / 4; i++) {
                long n = table().next();
                assertTrue(n > last);
                last = n;
            }
            table().restart();
        }
    }

    @Test
    default void numbers_goOnBeyondABlock() {
        long last = 0;
        for (int i = 0; i < 3 * StoreUnderTest.BLOCK; i++) {
            long n = table().next();
            assertTrue(n > last);
            last = n;
            if (i % 64 == 0) {
                // Whatever this waits for was asked for after the next block.
                table().begin(Draft.lease(n));
            }
        }
    }

    @Test
    default void restart_keepsWhatWasAnswered() {
        long n = table().active(Draft.lease(table().next()));
        Lease before = table().lease(n);
        table().restart();
        assertEquals(before, table().lease(n));
        assertFalse(Await.get(table().leases().activate(n, Draft.SLACK)));
    }

    @Test
    default void clock_startsNoEarlierThanWhatWasWritten() {
        long n = table().active(Draft.lease(table().next()).lasting(Duration.ofMinutes(10)));
        table().advance(Duration.ofMinutes(9));
        assertTrue(Await.get(table().leases().renew(n, table().now().plus(Duration.ofMinutes(1)), Draft.SLACK)));
        Instant written = table().now();
        table().advance(Duration.ofHours(-1));
        table().restart();
        assertEquals(written, table().store().clock().instant());
        assertEquals(Duration.ofHours(1).toMillis(), table().store().clock().standingStillFor());
    }

    private LeaseFilter state(LeaseState state) {
        return new LeaseFilter("", null, null, null, state, null, 0, null, Long.MAX_VALUE);
    }

    private LeaseFilter filter(
            @Nullable String mount,
            @Nullable String kind,
            @Nullable String holder,
            @Nullable Duration due,
            long parent) {
        return new LeaseFilter(
                "",
                mount,
                null,
                kind,
                null,
                holder,
                parent,
                due == null ? null : table().now().plus(due),
                Long.MAX_VALUE);
    }
}
