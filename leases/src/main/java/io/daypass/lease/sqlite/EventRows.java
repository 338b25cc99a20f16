package io.daypass.lease.sqlite;

import io.daypass.lease.Source;
import io.daypass.outbox.Event;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events as rows. */
final class EventRows {
    private static final Logger LOG = LoggerFactory.getLogger(EventRows.class);

    private EventRows() {}

    /** Writes events together. Their sources are known. */
    static void append(Session session, Dictionary dictionary, List<Event> events) throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        String sql = "insert into outbox(cursor, at, type, n, source, holder, reason, expires_at, detail)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)";
        for (Event event : events) {
            session.bound(
                            sql,
                            event.cursor(),
                            event.at().toEpochMilli(),
                            event.type().code(),
                            event.n(),
                            dictionary.sourceId(session, event.source()),
                            event.holder(),
                            event.reason(),
                            event.expiresAt().toEpochMilli(),
                            event.detail())
                    .addBatch();
        }
        session.prepared(sql).executeBatch();
    }

    /** Events after a cursor; one that can't be read is named in the log and left out. */
    static List<Event> after(Session session, Dictionary dictionary, long after, int limit) throws SQLException {
        return session
                .all(
                        row -> read(row, dictionary),
                        "select cursor, at, type, n, source, holder, reason, expires_at, detail from outbox"
                                + " where cursor > ? order by cursor limit ?",
                        after,
                        limit)
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Event> read(ResultSet row, Dictionary dictionary) throws SQLException {
        try {
            Source source = Objects.requireNonNull(dictionary.source(row.getLong(5)), "its source is missing");
            return Optional.of(new Event(
                    row.getLong(1),
                    Instant.ofEpochMilli(row.getLong(2)),
                    Event.Type.of(row.getInt(3)),
                    row.getLong(4),
                    source,
                    Objects.requireNonNull(row.getString(6), "its holder is missing"),
                    row.getString(7),
                    Instant.ofEpochMilli(row.getLong(8)),
                    Objects.requireNonNull(row.getString(9), "its detail is missing")));
        } catch (IllegalArgumentException | NullPointerException e) {
            LOG.atError()
                    .addKeyValue("cursor", row.getLong(1))
                    .addKeyValue("damage", e.getMessage())
                    .log("an event can't be read and is left out");
            return Optional.empty();
        }
    }
}
