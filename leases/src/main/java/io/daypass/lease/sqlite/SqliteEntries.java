package io.daypass.lease.sqlite;

import io.daypass.entry.Entry;
import io.daypass.entry.EntryStore;
import io.daypass.entry.Notice;
import io.daypass.lease.Bytes;
import io.daypass.lease.Lease;
import io.daypass.outbox.Event;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Entries in SQLite. */
final class SqliteEntries implements EntryStore {
    /** Sorts after every character there is. */
    private static final String LAST = "\uDBFF\uDFFF";

    private final Writer writer;
    private final Readers readers;

    SqliteEntries(Writer writer, Readers readers) {
        this.writer = writer;
        this.readers = readers;
    }

    @Override
    public CompletionStage<Optional<Entry>> find(String path) {
        return readers.read(session -> session.first(
                SqliteEntries::read, "select path, version, key_version, sealed from entry where path = ?", path));
    }

    @Override
    public CompletionStage<List<Entry>> list(String prefix, String after, int limit) {
        return readers.read(session -> session.all(
                SqliteEntries::read,
                "select path, version, key_version, sealed from entry"
                        + " where path >= ? and path <= ? and path > ? order by path limit ?",
                prefix,
                prefix + LAST,
                after,
                limit));
    }

    @Override
    public CompletionStage<Boolean> put(String path, long expected, int keyVersion, Bytes sealed) {
        return writer.submit(change -> put(change.session(), path, expected, keyVersion, sealed));
    }

    @Override
    public CompletionStage<Boolean> put(String path, long expected, int keyVersion, Bytes sealed, Notice notice) {
        return writer.submit(change -> {
            boolean done = put(change.session(), path, expected, keyVersion, sealed);
            if (done) {
                change.event(Event.Type.NOTED, 0, notice.source(), "", null, Lease.NEVER, notice.text());
            }
            return done;
        });
    }

    private static boolean put(Session session, String path, long expected, int keyVersion, Bytes sealed)
            throws SQLException {
        if (expected == 0) {
            return session.update(
                            "insert into entry(path, version, key_version, sealed) select ?, 1, ?, ?"
                                    + " where not exists (select 1 from entry where path = ?)",
                            path,
                            keyVersion,
                            sealed.toArray(),
                            path)
                    == 1;
        }
        return session.update(
                        "update entry set version = version + 1, key_version = ?, sealed = ?"
                                + " where path = ? and version = ?",
                        keyVersion,
                        sealed.toArray(),
                        path,
                        expected)
                == 1;
    }

    @Override
    public CompletionStage<Boolean> remove(String path, long expected) {
        return writer.submit(change ->
                change.session().update("delete from entry where path = ? and version = ?", path, expected) == 1);
    }

    @Override
    public CompletionStage<Optional<Bytes>> meta(String name) {
        return readers.read(session ->
                session.first(row -> Bytes.of(row.getBytes(1)), "select value from meta where name = ?", name));
    }

    @Override
    public CompletionStage<Void> putMeta(String name, Bytes value) {
        return writer.submit(change -> change.session()
                        .update("insert or replace into meta(name, value) values (?, ?)", name, value.toArray()))
                .thenAccept(met -> {});
    }

    private static Entry read(ResultSet row) throws SQLException {
        return new Entry(row.getString(1), row.getLong(2), row.getInt(3), Bytes.of(row.getBytes(4)));
    }
}
