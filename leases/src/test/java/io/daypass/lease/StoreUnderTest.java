package io.daypass.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.outbox.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A store that a contract is held against, with a clock of its own, and short words for what tests do all the time. */
public final class StoreUnderTest implements AutoCloseable {
    /** So many rows are in a portion of the store that is tested, so that tests meet the edges. */
    public static final int PORTION = 8;

    /** So many numbers are entered into the index of children together. */
    public static final int CHILD_PORTION = 16;

    /** So many numbers are moved ahead of use together. */
    public static final int BLOCK = 512;

    private final Function<InstantSource, Store> opening;
    private final SettableClock clock = new SettableClock();
    private Store store;

    /**
     * @param opening opens the same store again and again
     */
    public StoreUnderTest(Function<InstantSource, Store> opening) {
        this.opening = opening;
        this.store = opening.apply(clock);
    }

    public SettableClock clock() {
        return clock;
    }

    public Store store() {
        return store;
    }

    public LeaseTable leases() {
        return store.leases();
    }

    /** Closes the store and opens it again. */
    public void restart() {
        store.close();
        store = opening.apply(clock);
    }

    @Override
    public void close() {
        store.close();
    }

    public Instant now() {
        return clock.instant();
    }

    public void advance(Duration step) {
        clock.advance(step);
    }

    /** Begins a lease, which must be let in. */
    public long begin(Draft draft) {
        assertEquals(Admission.BEGUN, admit(draft));
        return draft.n();
    }

    /** Begins a lease, or doesn't. */
    public Admission admit(Draft draft) {
        return Await.get(leases().begin(draft.at(now())));
    }

    /** Begins a lease and activates it. */
    public long active(Draft draft) {
        begin(draft);
        assertTrue(Await.get(leases().activate(draft.n(), Draft.SLACK)));
        return draft.n();
    }

    /** Issues a lease in one step. */
    public long issue(Draft draft) {
        assertEquals(Admission.BEGUN, Await.get(leases().issue(draft.at(now()), Draft.SLACK)));
        return draft.n();
    }

    public long next() {
        return leases().next();
    }

    public Optional<Lease> find(long n) {
        return Await.get(leases().find(n));
    }

    public Lease lease(long n) {
        return find(n).orElseThrow();
    }

    public LeaseState state(long n) {
        return lease(n).state();
    }

    public boolean revoke(long n) {
        return Await.get(leases().revoke(n, Cause.REVOKED));
    }

    /** Claims what is due in a lane, for thirty seconds. */
    public Claimed claim(LaneKey lane) {
        return claim(lane, List.of());
    }

    public Claimed claim(LaneKey lane, List<String> withoutEffect) {
        return Await.get(leases().claim(lane, 64, Duration.ofSeconds(30), withoutEffect));
    }

    /** The numbers of what a claim takes. */
    public List<Long> claimed(LaneKey lane) {
        return claim(lane).leases().stream().map(Lease::n).toList();
    }

    /** Removes one row, whose target did not vouch for it. */
    public boolean remove(long n) {
        return !Await.get(leases().remove(List.of(n), List.of())).isEmpty();
    }

    public List<Long> list(LeaseFilter filter) {
        return Await.get(leases().list(filter, 0, 1000)).stream().map(Lease::n).toList();
    }

    public long count(LeaseFilter filter) {
        return Await.get(leases().count(filter));
    }

    /** All events of one lease, as words. */
    public List<String> told(long n) {
        return events().stream()
                .filter(event -> event.n() == n)
                .map(event -> (event.type() + " " + event.detail()).strip())
                .toList();
    }

    public List<Event> events() {
        return Await.get(store.outbox().after(0, 100_000));
    }
}
