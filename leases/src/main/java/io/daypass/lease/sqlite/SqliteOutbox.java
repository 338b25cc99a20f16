package io.daypass.lease.sqlite;

import io.daypass.outbox.Committed;
import io.daypass.outbox.Event;
import io.daypass.outbox.Outbox;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The outbox in SQLite. */
final class SqliteOutbox implements Outbox {
    private final Writer writer;
    private final Readers readers;
    private final Dictionary dictionary;

    SqliteOutbox(Writer writer, Readers readers, Dictionary dictionary) {
        this.writer = writer;
        this.readers = readers;
        this.dictionary = dictionary;
    }

    @Override
    public CompletionStage<List<Event>> after(long after, int limit) {
        return readers.read(session -> EventRows.after(session, dictionary, after, limit));
    }

    @Override
    public CompletionStage<Long> oldest() {
        return readers.read(
                session -> session.number("select min(cursor) from outbox").orElse(0));
    }

    @Override
    public CompletionStage<Long> newest() {
        return readers.read(
                session -> session.number("select max(cursor) from outbox").orElse(0));
    }

    @Override
    public void listen(Consumer<Committed> listener) {
        writer.listen(listener);
    }
}
