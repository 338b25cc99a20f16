package io.daypass.lease.sqlite;

import io.daypass.lease.Admission;
import io.daypass.lease.Cause;
import io.daypass.lease.Lease;
import io.daypass.lease.LeaseState;
import io.daypass.outbox.Event;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The steps that one lease takes. Each names the state that it starts from, and only goes forward. */
final class Steps {
    private static final int MOST_ERROR = 1000;

    private final Rows rows;

    Steps(Rows rows) {
        this.rows = rows;
    }

    /** PENDING to ACTIVE, or to REVOKING with the mint over if something it needs has ended. */
    boolean activate(Transaction change, long n, Duration slack) throws SQLException {
        Optional<Lease> found = change.lease(rows, n);
        if (found.isEmpty()) {
            return false;
        }
        Lease lease = found.get();
        if (lease.state() != LeaseState.PENDING) {
            mintOver(change, lease);
            return false;
        }
        Cause ended = whatEnded(change, lease);
        if (ended != null) {
            end(change, lease, ended, true, null);
            return false;
        }
        Long due = Times.due(lease.expiresAt().toEpochMilli(), slack);
        change.session()
                .update("update lease set state = 1, mint_over = 1, due_at = ? where n = ? and state = 0", due, n);
        change.due(due);
        change.event(Event.Type.ISSUED, lease, "");
        return true;
    }

    /** PENDING to REVOKING because of its mint. */
    boolean mintFailed(Transaction change, long n, boolean mintOver, @Nullable String error) throws SQLException {
        Optional<Lease> found = change.lease(rows, n);
        if (found.isEmpty()) {
            return false;
        }
        if (found.get().state() == LeaseState.PENDING) {
            end(change, found.get(), Cause.MINT, mintOver, error);
            return true;
        }
        if (mintOver) {
            mintOver(change, found.get());
        }
        return false;
    }

    /** Whether the row was waiting for word of its mint. */
    boolean mintReturned(Transaction change, long n) throws SQLException {
        Optional<Lease> found = change.lease(rows, n);
        if (found.isEmpty()) {
            return false;
        }
        if (found.get().state() == LeaseState.PENDING) {
            end(change, found.get(), Cause.MINT, true, null);
            return true;
        }
        return mintOver(change, found.get());
    }

    /** Moves the end of an ACTIVE row that has not expired. */
    boolean renew(Transaction change, long n, Instant expiresAt, Duration slack) throws SQLException {
        long end = expiresAt.toEpochMilli();
        Optional<Lease> found = change.lease(rows, n);
        if (found.isEmpty()) {
            return false;
        }
        if (end > found.get().maxExpiresAt().toEpochMilli()) {
            throw new IllegalArgumentException("lease " + n + " can't be renewed beyond its own maximum");
        }
        Long due = Times.due(end, slack);
        int met = change.session()
                .update(
                        "update lease set expires_at = ?, due_at = ? where n = ? and state = 1 and expires_at > ?"
                                + " and expires_at <= ?",
                        end,
                        due,
                        n,
                        change.now(),
                        end);
        if (met == 0) {
            return false;
        }
        change.due(due);
        Lease lease = found.get();
        change.event(
                Event.Type.RENEWED, n, lease.source(), lease.holder(), lease.reason(), Instant.ofEpochMilli(end), "");
        return true;
    }

    /** Takes one use; what is left is -1 after the last. */
    static OptionalLong use(Transaction change, long n) throws SQLException {
        OptionalLong left = change.session()
                .number("select uses_left from lease where n = ? and state = 1 and expires_at > ?", n, change.now());
        if (left.isEmpty() || left.getAsLong() < 0) {
            return OptionalLong.empty();
        }
        if (left.getAsLong() == 0) {
            return OptionalLong.of(Long.MAX_VALUE);
        }
        long after = left.getAsLong() - 1;
        change.session()
                .update(
                        "update lease set uses_left = ? where n = ? and state = 1 and uses_left = ?",
                        after == 0 ? -1 : after,
                        n,
                        left.getAsLong());
        return OptionalLong.of(after);
    }

    /** PENDING or ACTIVE to REVOKING. */
    boolean revoke(Transaction change, long n, Cause cause) throws SQLException {
        Optional<Lease> found = change.lease(rows, n);
        if (found.isEmpty() || found.get().state() == LeaseState.REVOKING) {
            return false;
        }
        end(change, found.get(), cause);
        return true;
    }

    /** The same for many; those that can't be read stay as they are. */
    long revoke(Transaction change, List<Long> numbers, Cause cause) throws SQLException {
        long count = 0;
        for (long n : numbers) {
            Optional<Rows.Row> row = rows.find(change.sessionFor(n), n);
            if (row.isPresent() && row.get().isSound() && row.get().lease().state() != LeaseState.REVOKING) {
                end(change, row.get().lease(), cause);
                count++;
            }
        }
        return count;
    }

    /** Hides these, if they are ending. */
    long giveUp(Transaction change, List<Long> numbers) throws SQLException {
        long count = 0;
        for (long n : numbers) {
            int met = change.session()
                    .update("update lease set given_up = 1 where n = ? and state = 2 and given_up = 0", n);
            Optional<Lease> lease = change.lease(rows, n);
            if (met == 1 && lease.isPresent()) {
                change.event(Event.Type.GIVEN_UP, lease.get(), "");
                count++;
            }
        }
        return count;
    }

    /** Lets these hang from nobody any more, if they hang from that parent. */
    static long orphan(Transaction change, long parent, List<Long> numbers) throws SQLException {
        long count = 0;
        for (long n : numbers) {
            if (change.session().update("update lease set parent = 0 where n = ? and parent = ?", n, parent) == 1) {
                change.memory().children().removed(change.session(), parent, n);
                count++;
            }
        }
        Removal.wakeIfChildless(change, parent);
        return count;
    }

    /** PENDING or ACTIVE to REVOKING, taken by whoever asked, until then. */
    static void take(Transaction change, Lease lease, long until) throws SQLException {
        change.session()
                .update(
                        "update lease set state = 2, due_at = ?, cause = ? where n = ? and state = ?",
                        until,
                        code(cause(lease)),
                        lease.n(),
                        Rows.code(lease.state()));
        change.due(until);
        Cause cause = cause(lease);
        if (lease.state() != LeaseState.REVOKING && cause != null) {
            list(change, lease, cause);
            change.event(Event.Type.ENDING, lease, text(cause));
        }
    }

    /** Why a row ends that is taken as it comes due; what was said before stays. */
    static @Nullable Cause cause(Lease lease) {
        return switch (lease.state()) {
            case PENDING -> Cause.MINT;
            case ACTIVE -> Cause.EXPIRED;
            case REVOKING -> lease.cause();
        };
    }

    private static int code(@Nullable Cause cause) {
        return cause == null ? 0 : cause.code();
    }

    /** Cuts what a target said to a length that a row can bear. */
    static String cut(String error) {
        return error.length() <= MOST_ERROR ? error : error.substring(0, MOST_ERROR) + "...";
    }

    static String text(Cause cause) {
        return cause.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Cause whatEnded(Transaction change, Lease lease) throws SQLException {
        if (lease.expiresAt().toEpochMilli() <= change.now()) {
            return Cause.EXPIRED;
        }
        Admission admission = Admissions.liveness(change, lease.source(), lease.parent());
        return switch (admission) {
            case BEGUN, ALIAS_TAKEN -> null;
            case PARENT_ENDED -> Cause.PARENT;
            case CLOSED -> Cause.UNMOUNTED;
        };
    }

    private static void end(Transaction change, Lease lease, Cause cause) throws SQLException {
        if (cause == Cause.PARENT && outlivesParent(change, lease)) {
            orphan(change, lease.parent(), List.of(lease.n()));
        } else {
            end(change, lease, cause, false, null);
        }
    }

    /** Whether both have expired, and this one's row is to be there for a while yet. */
    private static boolean outlivesParent(Transaction change, Lease lease) throws SQLException {
        Instant lingers = lease.after().lingersUntil();
        return lingers != null
                && lease.state() == LeaseState.ACTIVE
                && lease.expiresAt().toEpochMilli() <= change.now()
                && lingers.toEpochMilli() > change.now()
                && change.sessionFor(lease.parent())
                        .number("select 1 from lease where n = ? and expires_at <= ?", lease.parent(), change.now())
                        .isPresent();
    }

    /** Puts what is ended before its time on the list, if it has a place there. */
    private static void list(Transaction change, Lease lease, Cause cause) throws SQLException {
        Instant until = lease.after().listedUntil();
        if (until == null || cause == Cause.EXPIRED || until.toEpochMilli() <= change.now()) {
            return;
        }
        change.session()
                .update(
                        "insert or ignore into listed(source, serial, until) values (?, ?, ?)",
                        change.memory().dictionary().sourceId(change.session(), lease.source()),
                        lease.after().serial(),
                        until.toEpochMilli());
    }

    private static void end(Transaction change, Lease lease, Cause cause, boolean mintOver, @Nullable String error)
            throws SQLException {
        change.session()
                .update(
                        "update lease set state = 2, mint_over = max(mint_over, ?), due_at = ?, cause = ?,"
                                + " last_error = ? where n = ? and state = ?",
                        mintOver ? 1 : 0,
                        change.now(),
                        cause.code(),
                        error == null ? null : cut(error),
                        lease.n(),
                        Rows.code(lease.state()));
        list(change, lease, cause);
        change.due(change.now());
        change.event(Event.Type.ENDING, lease, text(cause));
    }

    private static boolean mintOver(Transaction change, Lease lease) throws SQLException {
        int met = change.session()
                .update(
                        "update lease set mint_over = 1, due_at = ? where n = ? and state = 2 and mint_over = 0",
                        change.now(),
                        lease.n());
        if (met == 0) {
            return false;
        }
        change.due(change.now());
        return true;
    }
}
