package io.daypass.lease.sqlite;

import io.daypass.lease.Bytes;
import io.daypass.lease.NewLease;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows that are written together where they come together: in one go, before anybody has to see them. */
final class Inserts {
    private static final String PENDING = insert("0, 0");
    private static final String ACTIVE = insert("1, 1");

    private final Session session;
    private final Memory memory;
    private final Set<Long> numbers = new HashSet<>();
    private final Set<Bytes> aliases = new HashSet<>();

    Inserts(Session session, Memory memory) {
        this.session = session;
        this.memory = memory;
    }

    /** A PENDING row. */
    void pending(NewLease lease, @Nullable Long dueAt) throws SQLException {
        add(PENDING, lease, dueAt);
    }

    /** An ACTIVE row whose mint is over. */
    void active(NewLease lease, @Nullable Long dueAt) throws SQLException {
        add(ACTIVE, lease, dueAt);
    }

    boolean isWaiting(long n) {
        return numbers.contains(n);
    }

    /** Whether another row has this alias. */
    boolean isTaken(Bytes alias) throws SQLException {
        return aliases.contains(alias)
                || session.number("select 1 from alias where tag = ?", (Object) alias.toArray())
                        .isPresent();
    }

    void flush() throws SQLException {
        if (!numbers.isEmpty()) {
            numbers.clear();
            aliases.clear();
            session.prepared(PENDING).executeBatch();
            session.prepared(ACTIVE).executeBatch();
        }
    }

    private void add(String sql, NewLease lease, @Nullable Long dueAt) throws SQLException {
        byte[] tag = lease.tag().length() == 0 ? null : lease.tag().toArray();
        if (lease.alias()) {
            aliases.add(lease.tag());
            session.update("insert into alias(tag, n) values (?, ?)", tag, lease.n());
        }
        PreparedStatement row = session.bound(
                sql,
                lease.n(),
                memory.dictionary().sourceId(session, lease.source()),
                memory.dictionary().laneId(session, lease.source().lane()),
                lease.parent(),
                lease.mintDeadline().toEpochMilli(),
                lease.issuedAt().toEpochMilli(),
                lease.expiresAt().toEpochMilli(),
                lease.maxExpiresAt().toEpochMilli(),
                dueAt,
                lease.holder(),
                lease.reason(),
                lease.renewable() ? 1 : 0,
                lease.usesLeft(),
                tag,
                lease.keyVersion(),
                lease.sealed().toArray(),
                lease.after().serial(),
                millis(lease.after().listedUntil()),
                millis(lease.after().lingersUntil()),
                lease.after().issuer());
        row.addBatch();
        numbers.add(lease.n());
        memory.children().added(session, lease.parent(), lease.n());
    }

    private static long millis(@Nullable Instant instant) {
        return instant == null ? 0 : instant.toEpochMilli();
    }

    private static String insert(String stateAndMintOver) {
        return "insert into lease(state, mint_over, attempts, n, source, lane, parent, mint_deadline, issued_at,"
                + " expires_at, max_expires_at, due_at, holder, reason, renewable, uses_left, tag, key_version, sealed,"
                + " serial, listed_until, lingers_until, issuer)"
                + " values (" + stateAndMintOver + ", 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    }
}
