package io.daypass.lease.sqlite;

import io.daypass.lease.Afterlife;
import io.daypass.lease.Bytes;
import io.daypass.lease.Cause;
import io.daypass.lease.Lease;
import io.daypass.lease.LeaseState;
import io.daypass.lease.Source;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leases out of rows. A row that makes no sense becomes a lease that says so in its last error and can do nothing; it
 * stays where it is, and is named in the log once.
 */
final class Rows {
    /** What {@link #read} wants, in this order. */
    static final String COLUMNS = "l.n, l.source, l.parent, l.state, l.mint_over, l.mint_deadline, l.issued_at,"
            + " l.expires_at, l.max_expires_at, l.due_at, l.attempts, l.last_error, l.holder, l.reason, l.renewable,"
            + " l.uses_left, l.tag, l.key_version, l.sealed, l.cause, l.serial, l.listed_until, l.lingers_until,"
            + " l.issuer";

    /** The numbers that stand for states in rows. */
    static final int PENDING = 0;

    static final int ACTIVE = 1;
    static final int REVOKING = 2;

    private static final Logger LOG = LoggerFactory.getLogger(Rows.class);
    private static final int NAMED = 1000;
    private static final Source UNREADABLE = new Source("unreadable", "", "", "");

    private final Dictionary dictionary;
    private final Set<Long> named = ConcurrentHashMap.newKeySet();

    Rows(Dictionary dictionary) {
        this.dictionary = dictionary;
    }

    /** A row, and what is wrong with it, if anything. */
    record Row(Lease lease, @Nullable String damage) {
        boolean isSound() {
            return damage == null;
        }
    }

    /** The row of that number. */
    Optional<Row> find(Session session, long n) throws SQLException {
        return session.first(this::read, "select " + COLUMNS + " from lease l where l.n = ?", n);
    }

    /** The row that a result stands at. */
    Row read(ResultSet row) throws SQLException {
        long n = row.getLong(1);
        Source source = dictionary.source(row.getLong(2));
        LeaseState state = state(row.getInt(4));
        String holder = row.getString(13);
        byte[] sealed = row.getBytes(19);
        String damage = damage(source, state, holder, sealed, row.getInt(4), row.getLong(2));
        if (damage != null) {
            name(n, damage);
        }
        byte[] tag = row.getBytes(17);
        Lease lease = new Lease(
                n,
                source == null ? UNREADABLE : source,
                row.getLong(3),
                state == null ? LeaseState.REVOKING : state,
                row.getBoolean(5),
                Instant.ofEpochMilli(row.getLong(6)),
                Instant.ofEpochMilli(row.getLong(7)),
                Instant.ofEpochMilli(row.getLong(8)),
                Instant.ofEpochMilli(row.getLong(9)),
                dueAt(row),
                row.getInt(11),
                damage == null ? row.getString(12) : "this row can't be read: " + damage,
                holder == null ? "" : holder,
                row.getString(14),
                damage == null && row.getBoolean(15),
                row.getInt(16),
                tag == null ? Bytes.EMPTY : Bytes.of(tag),
                row.getInt(18),
                sealed == null ? Bytes.EMPTY : Bytes.of(sealed),
                Cause.of(row.getInt(20)),
                after(row));
        return new Row(lease, damage);
    }

    static int code(LeaseState state) {
        return switch (state) {
            case PENDING -> PENDING;
            case ACTIVE -> ACTIVE;
            case REVOKING -> REVOKING;
        };
    }

    private static @Nullable LeaseState state(int code) {
        return switch (code) {
            case PENDING -> LeaseState.PENDING;
            case ACTIVE -> LeaseState.ACTIVE;
            case REVOKING -> LeaseState.REVOKING;
            default -> null;
        };
    }

    private static Afterlife after(ResultSet row) throws SQLException {
        long serial = row.getLong(21);
        long listedUntil = row.getLong(22);
        long lingersUntil = row.getLong(23);
        if (serial < 1 && lingersUntil == 0) {
            return Afterlife.NONE;
        }
        return new Afterlife(serial, row.getLong(24), serial < 1 ? null : instant(listedUntil), instant(lingersUntil));
    }

    private static @Nullable Instant instant(long millis) {
        return millis == 0 ? null : Instant.ofEpochMilli(millis);
    }

    private static Instant dueAt(ResultSet row) throws SQLException {
        long due = row.getLong(10);
        return row.wasNull() ? Lease.NEVER : Instant.ofEpochMilli(due);
    }

    private static @Nullable String damage(
            @Nullable Source source,
            @Nullable LeaseState state,
            @Nullable String holder,
            byte @Nullable [] sealed,
            int stateCode,
            long sourceId) {
        if (source == null) {
            return "there is no source " + sourceId;
        }
        if (state == null) {
            return "there is no state " + stateCode;
        }
        return holder == null || sealed == null ? "its holder or its handle is missing" : null;
    }

    private void name(long n, String damage) {
        if (named.size() < NAMED && named.add(n)) {
            LOG.atError()
                    .addKeyValue("lease", n)
                    .addKeyValue("damage", damage)
                    .log("a lease can't be read; it stays due and visible, and everything else goes on");
        }
    }
}
