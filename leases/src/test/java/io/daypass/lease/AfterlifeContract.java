package io.daypass.lease;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.entry.Notice;
import io.daypass.outbox.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a store must still know of leases that are over, and what it counts for mounts. */
public interface AfterlifeContract {
    /** A kind without effect outside. */
    String CERT = "cert";

    /** An hour of credentials, listed for a minute longer, and two more hours of lingering. */
    Duration HOUR = Duration.ofHours(1);

    /** The store, empty. */
    StoreUnderTest table();

    private long issue(Draft draft, Afterlife after) {
        NewLease some = draft.kind(CERT).at(table().now());
        NewLease lease = new NewLease(
                some.n(),
                some.source(),
                some.parent(),
                some.mintDeadline(),
                some.issuedAt(),
                some.expiresAt(),
                some.maxExpiresAt(),
                some.holder(),
                some.reason(),
                false,
                0,
                Bytes.EMPTY,
                false,
                1,
                some.sealed(),
                after);
        assertEquals(Admission.BEGUN, Await.get(table().leases().issue(lease, Draft.SLACK)));
        return lease.n();
    }

    private long listed(long serial) {
        Instant until = table().now().plus(HOUR).plusSeconds(60);
        return issue(Draft.lease(table().next()), new Afterlife(serial, 7, until, null));
    }

    private long lingering(long parent) {
        Instant until = table().now().plus(HOUR.multipliedBy(3));
        return issue(Draft.lease(table().next()).under(parent), new Afterlife(0, 0, null, until));
    }

    private long[] listed() {
        return Await.get(table().leases().listed(Draft.LANE.mount(), CERT, table().now()));
    }

    private void reap(LaneKey lane) {
        for (long n : table().claim(lane, List.of(CERT)).leases().stream()
                .map(Lease::n)
                .toList()) {
            table().remove(n);
        }
    }

    @Test
    default void revoked_isListed_inTheSameCommit_untilItsEnd() {
        long third = listed(3);
        long first = listed(1);
        listed(2);
        assertArrayEquals(new long[0], listed());
        table().revoke(third);
        table().revoke(first);
        assertArrayEquals(new long[] {1, 3}, listed());
        reap(Draft.LANE);
        assertEquals(Optional.empty(), table().find(first));
        assertArrayEquals(new long[] {1, 3}, listed());
        table().advance(HOUR.plusSeconds(59));
        assertArrayEquals(new long[] {1, 3}, listed());
        table().advance(Duration.ofSeconds(1));
        assertArrayEquals(new long[0], listed());
    }

    @Test
    default void expired_isNotListed() {
        long n = listed(1);
        table().advance(HOUR.plusSeconds(2));
        reap(Draft.LANE);
        assertEquals(Optional.empty(), table().find(n));
        assertArrayEquals(new long[0], listed());
    }

    @Test
    default void cause_isKeptWithTheRow() {
        long revoked = table().active(Draft.lease(table().next()));
        long lapsed = table().active(Draft.lease(table().next()));
        long never = table().begin(Draft.lease(table().next()));
        table().revoke(revoked);
        table().advance(HOUR.plusSeconds(2));
        List<Lease> claimed = table().claim(Draft.LANE).leases();
        assertEquals(3, claimed.size());
        claimed.forEach(
                lease -> assertEquals(lease.cause(), table().lease(lease.n()).cause()));
        assertEquals(Cause.REVOKED, table().lease(revoked).cause());
        assertEquals(Cause.EXPIRED, table().lease(lapsed).cause());
        assertEquals(Cause.MINT, table().lease(never).cause());
    }

    @Test
    default void lingering_staysAfterItsExpiry_thenGoesByItself() {
        long n = lingering(0);
        table().advance(HOUR.plusSeconds(2));
        reap(Draft.LANE);
        assertEquals(LeaseState.ACTIVE, table().state(n));
        table().advance(HOUR.multipliedBy(2));
        reap(Draft.LANE);
        assertEquals(Optional.empty(), table().find(n));
        assertEquals(List.of("ISSUED", "ENDED expired"), table().told(n));
    }

    @Test
    default void lingering_isRevokedLikeAnyOther() {
        long n = lingering(0);
        table().advance(HOUR.plusSeconds(2));
        assertTrue(table().revoke(n));
        reap(Draft.LANE);
        assertEquals(Optional.empty(), table().find(n));
    }

    @Test
    default void lingering_outlivesAParentThatHasExpired() {
        long parent = table().active(Draft.token(table().next()).lasting(HOUR));
        long n = lingering(parent);
        table().advance(HOUR.plusSeconds(2));
        assertEquals(List.of(parent), table().claimed(Draft.TOKENS));
        Await.get(table().leases().revoke(LeaseFilter.childrenOf(parent), Cause.PARENT));
        assertEquals(0, table().lease(n).parent());
        assertEquals(LeaseState.ACTIVE, table().state(n));
        assertTrue(table().remove(parent));
    }

    @Test
    default void lingering_endsWithAParentThatIsRevoked() {
        long parent = table().active(Draft.token(table().next()).lasting(HOUR.multipliedBy(2)));
        long n = lingering(parent);
        table().advance(HOUR.plusSeconds(2));
        table().revoke(parent);
        Await.get(table().leases().revoke(LeaseFilter.childrenOf(parent), Cause.PARENT));
        assertEquals(LeaseState.REVOKING, table().state(n));
    }

    @Test
    default void serials_areDense_ofEachMountAlone_andNeverGivenTwice() {
        Serials one = Await.get(table().leases().serials("m1"));
        Serials other = Await.get(table().leases().serials("m2"));
        for (long n = 1; n <= 2; n++) {
            assertEquals(n, one.next());
            assertEquals(n, other.next());
        }
        table().restart();
        assertEquals(
                StoreUnderTest.BLOCK + 1,
                Await.get(table().leases().serials("m1")).next());
    }

    @Test
    default void notice_isToldOnlyWithTheWrite() {
        Notice notice = new Notice(new Source("keys/roles/web", "m1", "roles", ""), "rotated");
        assertTrue(Await.get(table().store().entries().put("a", 0, 1, Bytes.EMPTY, notice)));
        assertTrue(!Await.get(table().store().entries().put("a", 0, 1, Bytes.EMPTY, notice)));
        List<Event> events = table().events();
        assertEquals(1, events.size());
        assertEquals(Event.Type.NOTED, events.get(0).type());
        assertEquals("rotated", events.get(0).detail());
        assertEquals(notice.source(), events.get(0).source());
    }
}
