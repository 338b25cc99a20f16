package io.daypass.lease.sqlite;

import io.daypass.lease.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.sqlite.JDBC;

/**
 * The tables, and what a file must be to hold them.
 *
 * <p>The index of leases is their number. Due work is indexed by lane, so that the backlog of one target is not in the
 * way of another's. Children are indexed in a table of their own that is filled later, in portions, since an index on
 * {@code parent} alone would double the pages that a commit dirties.
 */
final class Schema {
    private static final int APPLICATION = 0x44617970;
    private static final int VERSION = 3;

    private static final String LISTED = "create table listed(source integer not null, serial integer not null,"
            + " until integer not null, primary key(source, serial)) strict, without rowid";
    private static final String LISTED_BY_END = "create index listed_until on listed(until)";

    /** What made a file of version 1 one of version 2: what is known of a lease after its end. */
    private static final List<String> FROM_1_TO_2 = List.of(
            "alter table lease add column cause integer not null default 0",
            "alter table lease add column serial integer not null default 0",
            "alter table lease add column listed_until integer not null default 0",
            "alter table lease add column lingers_until integer not null default 0",
            LISTED,
            LISTED_BY_END,
            "pragma user_version = 2");

    private static final String BY_SERIAL = "create index lease_serial on lease(serial) where serial > 0";

    /** Leases that have gone, in the order in which they did. Nothing but age and number ever takes them away. */
    private static final String PAST = "create table past(id integer primary key, n integer not null,"
            + " source integer not null, parent integer not null, holder text not null, reason text,"
            + " issued_at integer not null, expires_at integer not null, ended_at integer not null,"
            + " cause integer not null, serial integer not null, issuer integer not null) strict";

    private static final String PAST_BY_NUMBER = "create index past_n on past(n)";
    private static final String PAST_BY_SERIAL = "create index past_serial on past(serial) where serial > 0";

    /** What made a file of version 2 one of version 3: who had a lease is known by its serial, and after its end. */
    private static final List<String> FROM_2_TO_3 = List.of(
            "alter table lease add column issuer integer not null default 0",
            BY_SERIAL,
            PAST,
            PAST_BY_NUMBER,
            PAST_BY_SERIAL,
            "pragma user_version = 3");

    private static final List<String> TABLES = List.of(
            "create table lane(id integer primary key, mount text not null, target text not null,"
                    + " unique(mount, target)) strict",
            "create table source(id integer primary key, path text not null, mount text not null, kind text not null,"
                    + " target text not null, unique(path, mount, kind, target)) strict",
            "create table lease(n integer primary key, source integer not null, lane integer not null,"
                    + " parent integer not null, state integer not null, mint_over integer not null,"
                    + " mint_deadline integer not null, issued_at integer not null, expires_at integer not null,"
                    + " max_expires_at integer not null, due_at integer, attempts integer not null, last_error text,"
                    + " holder text not null, reason text, renewable integer not null, uses_left integer not null,"
                    + " tag blob, key_version integer not null, sealed blob not null,"
                    + " given_up integer not null default 0, cause integer not null default 0,"
                    + " serial integer not null default 0, listed_until integer not null default 0,"
                    + " lingers_until integer not null default 0, issuer integer not null default 0) strict",
            "create index lease_given_up on lease(n) where given_up = 1",
            "create index lease_due on lease(lane, due_at) where due_at is not null",
            "create index lease_source on lease(source)",
            BY_SERIAL,
            PAST,
            PAST_BY_NUMBER,
            PAST_BY_SERIAL,
            LISTED,
            LISTED_BY_END,
            "create table child(parent integer not null, n integer not null, primary key(parent, n))"
                    + " strict, without rowid",
            "create table alias(tag blob not null primary key, n integer not null) strict, without rowid",
            "create table outbox(cursor integer primary key, at integer not null, type integer not null,"
                    + " n integer not null, source integer not null, holder text not null, reason text,"
                    + " expires_at integer not null, detail text not null) strict",
            "create table entry(path text not null primary key, version integer not null,"
                    + " key_version integer not null, sealed blob not null) strict",
            "create table meta(name text not null primary key, value blob not null) strict, without rowid",
            "create table counter(name text not null primary key, value integer not null) strict, without rowid",
            "create table closed(mount text not null, target text not null, primary key(mount, target))"
                    + " strict, without rowid",
            "insert into counter(name, value) values ('numbers', 0), ('children', 0)",
            "pragma application_id = " + APPLICATION,
            "pragma user_version = " + VERSION);

    private Schema() {}

    /**
     * Opens the writing connection, and makes the tables in a file that has none.
     *
     * @param opened gets the session as soon as it is open, whether or not it can be used
     */
    static Session open(Path file, int checkpointPages, List<Session> opened) throws SQLException {
        Session session = new Session(writing("jdbc:sqlite:" + file.toUri(), checkpointPages));
        opened.add(session);
        prepare(session, file);
        return session;
    }

    /** Opens a connection to a database that lives in memory, for as long as the connection does. */
    static Connection inMemory() {
        try {
            return writing("jdbc:sqlite::memory:", Settings.DEFAULT.checkpointPages());
        } catch (SQLException e) {
            throw Failures.explain("Opening a store", Path.of(":memory:"), e);
        }
    }

    /** Makes the tables if there are none, or looks whether they are ours and of this version. */
    static void prepare(Session session, Path file) throws SQLException {
        long application = session.number("pragma application_id").orElse(0);
        long version = session.number("pragma user_version").orElse(0);
        if (application == 0
                && session.number("select count(*) from sqlite_master").orElse(0) == 0) {
            session.run(TABLES);
            session.commit();
            return;
        }
        if (application != APPLICATION) {
            throw new StoreException(
                    file + " is a database of another program; give the broker a directory of its own");
        }
        if (version > VERSION) {
            throw new StoreException(file + " was written by a newer Daypass (its schema is " + version
                    + ", this one knows " + VERSION + "); start that version, or restore a backup made before it");
        }
        if (version < 1
                || session.number("select count(*) from counter where name in ('numbers', 'children')")
                                .orElse(0)
                        < 2) {
            throw new StoreException(file + " has no readable schema or lacks its counters; keep a copy of the"
                    + " directory and restore a backup");
        }
        if (version < VERSION) {
            if (version == 1) {
                session.run(FROM_1_TO_2);
            }
            session.run(FROM_2_TO_3);
            session.commit();
            return;
        }
        session.rollback();
    }

    /** Opens a connection that only reads. */
    static Session reading(Path file) throws SQLException {
        Connection connection = JDBC.createConnection("jdbc:sqlite:" + file.toUri(), new Properties());
        run(connection, "pragma query_only = on", "pragma cache_size = -4096");
        return new Session(connection);
    }

    private static Connection writing(String url, int checkpointPages) throws SQLException {
        Connection connection = JDBC.createConnection(url, new Properties());
        run(
                connection,
                "pragma page_size = 8192",
                "pragma journal_mode = wal",
                "pragma synchronous = full",
                "pragma wal_autocheckpoint = " + checkpointPages,
                "pragma cache_size = -16384",
                "pragma temp_store = memory");
        return connection;
    }

    private static void run(Connection connection, String... pragmas) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String pragma : pragmas) {
                statement.execute(pragma);
            }
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
