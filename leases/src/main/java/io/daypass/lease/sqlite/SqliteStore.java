package io.daypass.lease.sqlite;

import io.daypass.entry.EntryStore;
import io.daypass.lease.LeaseTable;
import io.daypass.lease.Store;
import io.daypass.lease.StoreClock;
import io.daypass.lease.StoreException;
import io.daypass.lease.Terms;
import io.daypass.lease.Traces;
import io.daypass.outbox.Outbox;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store in one SQLite file. Its stages are completed on its own threads: what hangs from them must not block, and
 * what belongs to an event loop must be brought back there.
 */
public final class SqliteStore implements Store {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteStore.class);
    private static final Path MEMORY = Path.of(":memory:");

    private final StoreClock clock;
    private final SqliteLeases leases;
    private final SqliteTraces traces;
    private final SqliteOutbox outbox;
    private final SqliteEntries entries;
    private final Runnable closing;

    private SqliteStore(Parts parts, Runnable closing) {
        this.clock = parts.clock;
        this.leases = parts.leases;
        this.traces = parts.traces;
        this.outbox = parts.outbox;
        this.entries = parts.entries;
        this.closing = closing;
    }

    /** Opens the store of a directory with the usual settings. */
    public static SqliteStore open(Path directory, InstantSource clock) {
        return open(directory, clock, Settings.DEFAULT);
    }

    /**
     * Opens the store of a directory, made if it isn't there, and holds a lock on it until it is closed. Blocks.
     *
     * @throws StoreException if it can't be used: the text says why and what to do
     */
    public static SqliteStore open(Path directory, InstantSource clock, Settings settings) {
        DataDirectory claimed = DataDirectory.claim(directory);
        try {
            return open(claimed, clock, settings);
        } catch (RuntimeException e) {
            claimed.close();
            throw e;
        }
    }

    /**
     * Opens a store that lives in memory, for tests and trials.
     *
     * @param connection from {@link #memory()}; what is in it outlives this store
     * @param executor runs everything, one thing at a time and in order
     */
    public static SqliteStore over(Connection connection, InstantSource clock, Settings settings, Executor executor) {
        try {
            Session session = new Session(connection);
            Schema.prepare(session, MEMORY);
            Readers readers = new Readers(MEMORY, List.of(session), executor);
            return new SqliteStore(new Parts(MEMORY, session, readers, executor, clock, settings), () -> {});
        } catch (SQLException e) {
            throw Failures.explain("Opening a store in memory", MEMORY, e);
        }
    }

    /** A connection to an empty database in memory, which is gone when it is closed. */
    public static Connection memory() {
        return Schema.inMemory();
    }

    @Override
    public StoreClock clock() {
        return clock;
    }

    @Override
    public LeaseTable leases() {
        return leases;
    }

    @Override
    public Traces traces() {
        return traces;
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public EntryStore entries() {
        return entries;
    }

    @Override
    public void close() {
        closing.run();
    }

    private static SqliteStore open(DataDirectory directory, InstantSource clock, Settings settings) {
        Path file = directory.database();
        StoreThreads threads = new StoreThreads(settings.readers(), settings.waitingReads());
        List<Session> sessions = new ArrayList<>();
        try {
            Session session = Schema.open(file, settings.checkpointPages(), sessions);
            for (int i = 0; i < settings.readers(); i++) {
                sessions.add(Schema.reading(file));
            }
            Readers readers = new Readers(file, List.copyOf(sessions.subList(1, sessions.size())), threads.readers());
            Parts parts = new Parts(file, session, readers, threads.writer(), clock, settings);
            return new SqliteStore(parts, () -> {
                threads.close(() -> close(file, readers), parts.writer::close);
                directory.close();
            });
        } catch (SQLException e) {
            abandon(threads, sessions);
            throw Failures.explain("Opening the store", file, e);
        } catch (RuntimeException e) {
            abandon(threads, sessions);
            throw e;
        }
    }

    /** Nothing is left of a store that could not be opened. */
    private static void abandon(StoreThreads threads, List<Session> sessions) {
        threads.close(() -> {}, () -> {});
        for (Session session : sessions) {
            try {
                session.close();
            } catch (SQLException e) {
                LOG.atDebug()
                        .setCause(e)
                        .log("a connection of a store that can't be opened could not be closed either");
            }
        }
    }

    private static void close(Path file, Readers readers) {
        try {
            readers.close();
        } catch (SQLException e) {
            throw Failures.explain("Closing the store", file, e);
        }
    }

    /** What a store is made of, in the order in which it is made. */
    private static final class Parts {
        final StoreClock clock;
        final Writer writer;
        final SqliteLeases leases;
        final SqliteTraces traces;
        final SqliteOutbox outbox;
        final SqliteEntries entries;

        Parts(Path file, Session session, Readers readers, Executor executor, InstantSource source, Settings settings)
                throws SQLException {
            Memory memory = new Memory(settings.portions().childChunk());
            memory.load(session);
            clock = new StoreClock(source, newestSeen(session));
            takeUp(session);
            writer = new Writer(file, settings, session, memory, clock, executor);
            Numbers numbers = Numbers.open(session, writer, settings.portions().block());
            leases = new SqliteLeases(writer, readers, numbers, memory.dictionary(), settings);
            traces = new SqliteTraces(readers, memory.dictionary());
            outbox = new SqliteOutbox(writer, readers, memory.dictionary());
            entries = new SqliteEntries(writer, readers);
        }

        /** Nobody else has the store, so what was being ended when it was last open is in nobody's hands. */
        private void takeUp(Session session) throws SQLException {
            int left = Claims.abandoned(session, clock.instant().toEpochMilli(), Terms.DEFAULT.claim());
            if (left > 0) {
                LOG.atInfo()
                        .addKeyValue("leases", left)
                        .log("the ending of leases that was under way is taken up again");
            }
        }

        /** No time before the newest one that was written down: every change left an event with its time. */
        private static Instant newestSeen(Session session) throws SQLException {
            long event = session.number("select at from outbox order by cursor desc limit 1")
                    .orElse(0);
            long issued = session.number("select issued_at from lease order by n desc limit 1")
                    .orElse(0);
            return Instant.ofEpochMilli(Math.max(event, issued));
        }
    }
}
