package io.daypass.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a store must still know of who had a lease. The store under test remembers for a day, and so many. */
public interface TraceContract {
    /** So many leases that have gone are remembered. */
    int REMEMBERED = 300;

    /** So long they are. */
    Duration FOR = Duration.ofDays(1);

    /** The store, empty. */
    StoreUnderTest table();

    private Optional<Trace> trace(long n) {
        return Await.get(table().store().traces().find(n));
    }

    private List<Long> ofSerial(long serial, int limit) {
        return Await.get(table().store().traces().ofSerial(serial, limit)).stream()
                .map(Trace::n)
                .toList();
    }

    private long issue(String mount, long serial, long issuer) {
        Instant until = table().now().plus(Duration.ofHours(2));
        NewLease some = Draft.lease(table().next())
                .in(new LaneKey(mount, ""))
                .kind(AfterlifeContract.CERT)
                .at(table().now());
        NewLease lease = new NewLease(
                some.n(),
                some.source(),
                0,
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
                new Afterlife(serial, issuer, until, null));
        assertEquals(Admission.BEGUN, Await.get(table().leases().issue(lease, Draft.SLACK)));
        return lease.n();
    }

    private long gone() {
        long n = table().active(Draft.lease(table().next()));
        table().revoke(n);
        table().remove(n);
        return n;
    }

    @Test
    default void trace_ofALeaseThatIsThere_isItsRow() {
        long parent = table().active(Draft.token(table().next()));
        long n = table().active(Draft.lease(table().next()).under(parent));
        Lease lease = table().lease(n);
        assertEquals(
                Optional.of(new Trace(
                        n,
                        lease.source(),
                        parent,
                        LeaseState.ACTIVE,
                        lease.holder(),
                        lease.reason(),
                        lease.issuedAt(),
                        lease.expiresAt(),
                        null,
                        null,
                        0,
                        0)),
                trace(n));
    }

    @Test
    default void trace_outlivesItsRow_andARestart() {
        long parent = table().active(Draft.token(table().next()));
        long n = table().active(Draft.lease(table().next()).under(parent));
        Lease lease = table().lease(n);
        table().revoke(n);
        assertEquals(LeaseState.REVOKING, trace(n).orElseThrow().state());
        table().advance(Duration.ofSeconds(3));
        table().remove(n);
        assertEquals(Optional.empty(), table().find(n));
        table().restart();
        assertEquals(
                Optional.of(new Trace(
                        n,
                        lease.source(),
                        parent,
                        null,
                        lease.holder(),
                        lease.reason(),
                        lease.issuedAt(),
                        lease.expiresAt(),
                        table().now(),
                        Cause.REVOKED,
                        0,
                        0)),
                trace(n));
    }

    @Test
    default void trace_ofWhatLapsed_saysSo() {
        long n = issue("m1", 5, 9);
        table().advance(Duration.ofHours(1).plusSeconds(2));
        table().claim(new LaneKey("m1", ""), List.of(AfterlifeContract.CERT));
        Trace trace = trace(n).orElseThrow();
        assertEquals(Cause.EXPIRED, trace.cause());
        assertNull(trace.state());
        assertEquals(5, trace.serial());
        assertEquals(9, trace.issuer());
    }

    @Test
    default void trace_ofATokenOrOfNothing_isNone() {
        long token = table().active(Draft.token(table().next()));
        assertEquals(Optional.empty(), trace(token));
        table().revoke(token);
        table().remove(token);
        assertEquals(Optional.empty(), trace(token));
        assertEquals(Optional.empty(), trace(4_711));
    }

    @Test
    default void ofSerial_findsThoseOfAllMounts_thereOrGone_newestFirst() {
        long first = issue("m1", 5, 9);
        long second = issue("m2", 5, 10);
        issue("m1", 6, 9);
        table().revoke(first);
        table().remove(first);
        long third = issue("m3", 5, 11);
        assertEquals(List.of(third, second, first), ofSerial(5, 10));
        assertEquals(List.of(third, second), ofSerial(5, 2));
        assertEquals(List.of(), ofSerial(7, 10));
        assertEquals(List.of(), ofSerial(0, 10));
    }

    @Test
    default void past_isForgotten_whenItIsOldOrTooMuch() {
        long oldest = gone();
        List<Long> some =
                IntStream.range(0, 2 * REMEMBERED).mapToObj(i -> gone()).toList();
        assertEquals(Optional.empty(), trace(oldest));
        assertEquals(
                Optional.of(some.get(some.size() - REMEMBERED)),
                trace(some.get(some.size() - REMEMBERED)).map(Trace::n));
        table().advance(FOR.plusSeconds(1));
        IntStream.range(0, REMEMBERED).forEach(i -> gone());
        assertEquals(Optional.empty(), trace(some.get(some.size() - 1)));
    }
}
