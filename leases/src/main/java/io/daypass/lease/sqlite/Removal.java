package io.daypass.lease.sqlite;

import io.daypass.lease.Cause;
import io.daypass.lease.Lease;
import io.daypass.outbox.Event;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How rows go. */
final class Removal {
    private final Rows rows;

    Removal(Rows rows) {
        this.rows = rows;
    }

    /** Deletes REVOKING rows without children, if their mint is over or they are among the sure ones. */
    List<Long> remove(Transaction change, List<Long> numbers, Set<Long> sure) throws SQLException {
        List<Long> gone = new ArrayList<>();
        for (long n : numbers) {
            Optional<Rows.Row> row = rows.find(change.session(), n);
            if (row.isEmpty() || !row.get().isSound() || hasChildren(change, n)) {
                continue;
            }
            int met = change.session()
                    .update(
                            "delete from lease where n = ? and state = 2 and (mint_over = 1 or ? = 1)",
                            n,
                            sure.contains(n) ? 1 : 0);
            if (met == 1) {
                Lease lease = row.get().lease();
                forget(change, lease, lease.cause(), "");
                gone.add(n);
            }
        }
        return gone;
    }

    /** Deletes an expired ACTIVE row, which is no row's parent. */
    static void expire(Transaction change, Lease lease) throws SQLException {
        int met = change.session()
                .update("delete from lease where n = ? and state = 1 and expires_at <= ?", lease.n(), change.now());
        if (met == 1) {
            forget(change, lease, Cause.EXPIRED, "expired");
        }
    }

    /** Whether any row names this one as parent. */
    static boolean hasChildren(Transaction change, long n) throws SQLException {
        return change.memory().children().has(change.session(), n);
    }

    private static void forget(Transaction change, Lease lease, @Nullable Cause cause, String detail)
            throws SQLException {
        if (lease.tag().length() == 0) {
            change.gone(lease, cause);
        } else {
            change.session()
                    .update(
                            "delete from alias where tag = ? and n = ?",
                            lease.tag().toArray(),
                            lease.n());
        }
        change.memory().children().removed(change.session(), lease.parent(), lease.n());
        change.event(Event.Type.ENDED, lease.n(), lease.source(), lease.holder(), lease.reason(), end(lease), detail);
        wakeIfChildless(change, lease.parent());
    }

    /** What its lateness is measured from. */
    private static Instant end(Lease lease) {
        Instant lingers = lease.after().lingersUntil();
        return lingers == null ? lease.expiresAt() : lingers;
    }

    /** A parent that waited for its last child is due at once. */
    static void wakeIfChildless(Transaction change, long parent) throws SQLException {
        if (parent == 0 || hasChildren(change, parent)) {
            return;
        }
        int met =
                change.session().update("update lease set due_at = ? where n = ? and state = 2", change.now(), parent);
        if (met == 1) {
            change.due(change.now());
        }
    }
}
