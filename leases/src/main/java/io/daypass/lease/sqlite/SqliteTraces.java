package io.daypass.lease.sqlite;

import io.daypass.lease.Lease;
import io.daypass.lease.Trace;
import io.daypass.lease.Traces;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The rows that are there, then those that are remembered. Both are read in one snapshot, so none is missed in between. */
final class SqliteTraces implements Traces {
    private final Readers readers;
    private final Dictionary dictionary;
    private final Rows rows;

    SqliteTraces(Readers readers, Dictionary dictionary) {
        this.readers = readers;
        this.dictionary = dictionary;
        this.rows = new Rows(dictionary);
    }

    @Override
    public CompletionStage<Optional<Trace>> find(long n) {
        return readers.read(session -> {
            Optional<Lease> live = rows.find(session, n).map(Rows.Row::lease);
            return live.isPresent()
                    ? live.filter(lease -> lease.tag().length() == 0).map(PastRows::of)
                    : PastRows.find(session, dictionary, n);
        });
    }

    @Override
    public CompletionStage<List<Trace>> ofSerial(long serial, int limit) {
        return readers.read(session -> {
            List<Trace> found = new ArrayList<>(live(session, serial, limit));
            if (found.size() < limit) {
                found.addAll(PastRows.ofSerial(session, dictionary, serial, limit - found.size()));
            }
            return found;
        });
    }

    private List<Trace> live(Session session, long serial, int limit) throws SQLException {
        return session
                .all(
                        rows::read,
                        "select " + Rows.COLUMNS + " from lease l where l.serial = ? and l.serial > 0"
                                + " order by l.n desc limit ?",
                        serial,
                        limit)
                .stream()
                .map(row -> PastRows.of(row.lease()))
                .toList();
    }
}
