package io.daypass.lease.sqlite;

import io.daypass.lease.Cause;
import io.daypass.lease.Lease;
import io.daypass.lease.Source;
import io.daypass.lease.StoreException;
import io.daypass.outbox.Committed;
import io.daypass.outbox.Event;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one transaction has done so far. Its time is one instant of the store's clock. */
final class Transaction {
    private final Session session;
    private final Memory memory;
    private final long now;
    private final Inserts inserts;
    private final List<Event> events = new ArrayList<>();
    private final List<PastRows.Gone> gone = new ArrayList<>();
    private long earliestDue = Lease.NEVER.toEpochMilli();

    Transaction(Session session, Memory memory, long now) {
        this.session = session;
        this.memory = memory;
        this.now = now;
        this.inserts = new Inserts(session, memory);
    }

    /** The session, in which everything done so far can be seen. */
    Session session() throws SQLException {
        inserts.flush();
        return session;
    }

    /** The session, in which the newest rows may be missing; but not this one. */
    Session sessionFor(long n) throws SQLException {
        if (inserts.isWaiting(n)) {
            inserts.flush();
        }
        return session;
    }

    Inserts inserts() {
        return inserts;
    }

    Memory memory() {
        return memory;
    }

    /** In milliseconds since 1970, by the store's clock. */
    long now() {
        return now;
    }

    /**
     * The row of that number.
     *
     * @throws StoreException if it can't be read
     */
    Optional<Lease> lease(Rows rows, long n) throws SQLException {
        Optional<Rows.Row> row = rows.find(sessionFor(n), n);
        if (row.isPresent() && !row.get().isSound()) {
            throw new StoreException(
                    "lease " + n + " can't be read: " + row.get().damage());
        }
        return row.map(Rows.Row::lease);
    }

    /** Notes that a row is due then; nothing if it never is. */
    void due(@Nullable Long at) {
        if (at != null) {
            earliestDue = Math.min(earliestDue, at);
        }
    }

    /** Appends an event about a row as it was read. */
    void event(Event.Type type, Lease lease, String detail) {
        event(type, lease.n(), lease.source(), lease.holder(), lease.reason(), lease.expiresAt(), detail);
    }

    /** Appends an event. */
    void event(
            Event.Type type,
            long n,
            Source source,
            String holder,
            @Nullable String reason,
            Instant expiresAt,
            String detail) {
        long cursor = memory.nextCursor();
        events.add(new Event(cursor, Instant.ofEpochMilli(now), type, n, source, holder, reason, expiresAt, detail));
    }

    /** Notes that a row goes, so that it is remembered who had it. */
    void gone(Lease lease, @Nullable Cause cause) {
        gone.add(new PastRows.Gone(lease, cause));
    }

    /** Writes what was only noted so far. */
    void finish(Settings settings) throws SQLException {
        inserts.flush();
        memory.children().enter(session);
        EventRows.append(session, memory.dictionary(), events);
        if (!settings.kept().endedFor().isZero()) {
            PastRows.append(session, memory.dictionary(), gone, now);
        }
        memory.pruning().after(session, events.size(), now, settings);
    }

    Committed committed() {
        return new Committed(events, Instant.ofEpochMilli(earliestDue));
    }
}
