package io.daypass.lease.sqlite;

import io.daypass.lease.Cause;
import io.daypass.lease.Lease;
import io.daypass.lease.LeaseState;
import io.daypass.lease.Source;
import io.daypass.lease.Trace;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who had the leases that have gone, as rows. They lie in the order in which they were written, so the old ones go
 * without an index on time; their numbers come nearly in order too, so the index on those changes few pages.
 */
final class PastRows {
    private static final String COLUMNS =
            "n, source, parent, holder, reason, issued_at, expires_at, ended_at, cause, serial, issuer";

    private PastRows() {}

    /** A lease that goes, and why. */
    record Gone(Lease lease, @Nullable Cause cause) {}

    /** Writes them together. Their sources are known. */
    static void append(Session session, Dictionary dictionary, List<Gone> gone, long now) throws SQLException {
        if (gone.isEmpty()) {
            return;
        }
        String sql = "insert into past(" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        for (Gone each : gone) {
            Lease lease = each.lease();
            session.bound(
                            sql,
                            lease.n(),
                            dictionary.sourceId(session, lease.source()),
                            lease.parent(),
                            lease.holder(),
                            lease.reason(),
                            lease.issuedAt().toEpochMilli(),
                            lease.expiresAt().toEpochMilli(),
                            now,
                            each.cause() == null ? 0 : each.cause().code(),
                            lease.after().serial(),
                            lease.after().issuer())
                    .addBatch();
        }
        session.prepared(sql).executeBatch();
    }

    /** Forgets what is too old or too much, some of it. */
    static void prune(Session session, long now, Duration kept, int keptMost, int most) throws SQLException {
        long newest = session.number("select max(id) from past").orElse(0);
        session.update(
                "delete from past where id in (select id from past where id <= ? order by id limit ?)",
                newest - keptMost,
                most);
        session.update(
                "delete from past where id in (select id from past order by id limit ?) and ended_at < ?",
                most,
                now - kept.toMillis());
    }

    /** The one of that number. */
    static Optional<Trace> find(Session session, Dictionary dictionary, long n) throws SQLException {
        return session.first(row -> read(row, dictionary), "select " + COLUMNS + " from past where n = ?", n)
                .flatMap(found -> found);
    }

    /** Those with that serial, the newest first. */
    static List<Trace> ofSerial(Session session, Dictionary dictionary, long serial, int limit) throws SQLException {
        return session
                .all(
                        row -> read(row, dictionary),
                        "select " + COLUMNS + " from past where serial = ? and serial > 0 order by id desc limit ?",
                        serial,
                        limit)
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** Empty if it makes no sense, as nothing that is written here does. */
    private static Optional<Trace> read(ResultSet row, Dictionary dictionary) throws SQLException {
        Source source = dictionary.source(row.getLong(2));
        String holder = row.getString(4);
        if (source == null || holder == null) {
            return Optional.empty();
        }
        return Optional.of(new Trace(
                row.getLong(1),
                source,
                row.getLong(3),
                null,
                holder,
                row.getString(5),
                Instant.ofEpochMilli(row.getLong(6)),
                Instant.ofEpochMilli(row.getLong(7)),
                Instant.ofEpochMilli(row.getLong(8)),
                Cause.of(row.getInt(9)),
                row.getLong(10),
                row.getLong(11)));
    }

    /** What there is to know of a lease that is still there. */
    static Trace of(Lease lease) {
        LeaseState state = lease.state();
        return new Trace(
                lease.n(),
                lease.source(),
                lease.parent(),
                state,
                lease.holder(),
                lease.reason(),
                lease.issuedAt(),
                lease.expiresAt(),
                null,
                lease.cause(),
                lease.after().serial(),
                lease.after().issuer());
    }
}
