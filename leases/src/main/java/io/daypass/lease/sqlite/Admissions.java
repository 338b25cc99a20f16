package io.daypass.lease.sqlite;

import io.daypass.lease.Admission;
import io.daypass.lease.LaneKey;
import io.daypass.lease.NewLease;
import io.daypass.lease.Source;
import io.daypass.outbox.Event;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets leases in: what they need must be live in the very commit that writes them. */
final class Admissions {
    private Admissions() {}

    /** A PENDING row, due at its mint deadline. */
    static Admission begin(Transaction change, NewLease lease) throws SQLException {
        Admission admission = admission(change, lease);
        if (admission == Admission.BEGUN) {
            Long due = Times.dueAt(lease.mintDeadline());
            change.inserts().pending(lease, due);
            note(change, lease, Event.Type.BEGUN, due);
        }
        return admission;
    }

    /** An ACTIVE row, due at its end, or when it has lingered. */
    static Admission issue(Transaction change, NewLease lease, Duration slack) throws SQLException {
        Admission admission = admission(change, lease);
        if (admission == Admission.BEGUN) {
            Instant lingers = lease.after().lingersUntil();
            Instant end = lingers == null || lingers.isBefore(lease.expiresAt()) ? lease.expiresAt() : lingers;
            Long due = Times.due(end.toEpochMilli(), slack);
            change.inserts().active(lease, due);
            note(change, lease, Event.Type.ISSUED, due);
        }
        return admission;
    }

    /** Whether what a lease needs is live; {@link Admission#BEGUN} if so. */
    static Admission liveness(Transaction change, Source source, long parent) throws SQLException {
        Set<LaneKey> closed = change.memory().closed();
        if (closed.contains(source.lane()) || closed.contains(new LaneKey(source.mount(), ""))) {
            return Admission.CLOSED;
        }
        if (parent == 0) {
            return Admission.BEGUN;
        }
        boolean live = change.sessionFor(parent)
                .number(
                        "select 1 from lease where n = ? and state = " + Rows.ACTIVE + " and expires_at > ?",
                        parent,
                        change.now())
                .isPresent();
        return live ? Admission.BEGUN : Admission.PARENT_ENDED;
    }

    private static Admission admission(Transaction change, NewLease lease) throws SQLException {
        if (lease.alias() && change.inserts().isTaken(lease.tag())) {
            return Admission.ALIAS_TAKEN;
        }
        return liveness(change, lease.source(), lease.parent());
    }

    private static void note(Transaction change, NewLease lease, Event.Type type, @Nullable Long due) {
        change.due(due);
        change.event(type, lease.n(), lease.source(), lease.holder(), lease.reason(), lease.expiresAt(), "");
    }
}
