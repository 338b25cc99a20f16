package io.daypass.lease.sqlite;

import io.daypass.lease.Claimed;
import io.daypass.lease.LaneKey;
import io.daypass.lease.Lease;
import io.daypass.lease.LeaseState;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Taking what is due, and giving it back. */
final class Claims {
    private static final long UNREADABLE_AGAIN = Duration.ofMinutes(5).toMillis();

    private final Rows rows;

    Claims(Rows rows) {
        this.rows = rows;
    }

    /**
     * One portion of one lane, oldest first.
     *
     * @param most rows that are looked at
     */
    Claimed claim(Transaction change, LaneKey lane, int limit, int most, Duration claim, List<String> withoutEffect)
            throws SQLException {
        Long laneId = change.memory().dictionary().laneId(lane);
        if (laneId == null) {
            return new Claimed(List.of(), List.of(), 0, false);
        }
        List<Rows.Row> due = change.session()
                .all(
                        rows::read,
                        "select " + Rows.COLUMNS + " from lease l where l.lane = ? and l.due_at <= ?"
                                + " order by l.due_at limit ?",
                        laneId,
                        change.now(),
                        most + 1);
        Portion portion = new Portion(change, change.now() + claim.toMillis(), withoutEffect);
        int seen = 0;
        while (seen < Math.min(most, due.size()) && portion.taken.size() < limit) {
            portion.take(due.get(seen));
            seen++;
        }
        return new Claimed(portion.taken, portion.parents, portion.removed, seen < due.size());
    }

    /** Due again then, no attempt counted; not if it has been made due by something else meanwhile. */
    static void release(Transaction change, List<Long> numbers, long dueAt) throws SQLException {
        for (long n : numbers) {
            int met = change.session()
                    .update(
                            "update lease set due_at = ? where n = ? and state = 2 and due_at > ?",
                            dueAt,
                            n,
                            change.now());
            if (met == 1) {
                change.due(dueAt);
            }
        }
    }

    /**
     * Gives back what a process claimed that ended before it could do so. For a store that nobody else has open: as far
     * as the index tells, all of these may also be rows that only wait for their next attempt, and such a one then comes
     * up to a claim's length early, which it may at any time.
     *
     * @param claim how far ahead claims reach
     * @return how many rows are due now that were not
     */
    static int abandoned(Session session, long now, Duration claim) throws SQLException {
        int met = 0;
        for (long lane : session.all(row -> row.getLong(1), "select id from lane")) {
            met += session.update(
                    "update lease set due_at = ? where lane = ? and due_at > ? and due_at <= ? and state = 2",
                    now,
                    lane,
                    now,
                    now + claim.toMillis());
        }
        session.commit();
        return met;
    }

    private static final class Portion {
        private final Transaction change;
        private final long until;
        private final List<String> withoutEffect;
        private final List<Lease> taken = new ArrayList<>();
        private final List<Long> parents = new ArrayList<>();
        private int removed;

        Portion(Transaction change, long until, List<String> withoutEffect) {
            this.change = change;
            this.until = until;
            this.withoutEffect = withoutEffect;
        }

        void take(Rows.Row row) throws SQLException {
            Lease lease = row.lease();
            if (!row.isSound()) {
                postpone(lease.n(), String.valueOf(lease.lastError()));
                return;
            }
            if (lease.state() == LeaseState.ACTIVE && lease.expiresAt().toEpochMilli() > change.now()) {
                // Due before its end: not by any step of ours. Its end alone decides.
                change.session().update("update lease set due_at = expires_at where n = ? and state = 1", lease.n());
                change.due(lease.expiresAt().toEpochMilli());
                return;
            }
            boolean parent = Removal.hasChildren(change, lease.n());
            if (lease.state() == LeaseState.ACTIVE
                    && !parent
                    && withoutEffect.contains(lease.source().kind())) {
                Removal.expire(change, lease);
                removed++;
                return;
            }
            Steps.take(change, lease, until);
            taken.add(claimed(lease));
            if (parent) {
                parents.add(lease.n());
            }
        }

        private void postpone(long n, String error) throws SQLException {
            long again = change.now() + UNREADABLE_AGAIN;
            change.session()
                    .update(
                            "update lease set due_at = ?, attempts = attempts + 1, last_error = ? where n = ?",
                            again,
                            error,
                            n);
            change.due(again);
        }

        private Lease claimed(Lease lease) {
            return new Lease(
                    lease.n(),
                    lease.source(),
                    lease.parent(),
                    LeaseState.REVOKING,
                    lease.mintOver(),
                    lease.mintDeadline(),
                    lease.issuedAt(),
                    lease.expiresAt(),
                    lease.maxExpiresAt(),
                    Instant.ofEpochMilli(until),
                    lease.attempts(),
                    lease.lastError(),
                    lease.holder(),
                    lease.reason(),
                    lease.renewable(),
                    lease.usesLeft(),
                    lease.tag(),
                    lease.keyVersion(),
                    lease.sealed(),
                    Steps.cause(lease),
                    lease.after());
        }
    }
}
