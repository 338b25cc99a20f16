package io.daypass.lease.sqlite;

import io.daypass.lease.LaneKey;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/** What the writer holds of the tables in memory. It can always be read anew, and is after every rollback. */
final class Memory {
    private final Dictionary dictionary = new Dictionary();
    private final Children children;
    private final Set<LaneKey> closed = new HashSet<>();
    private final Pruning pruning = new Pruning();
    private long cursor;

    Memory(int childPortion) {
        this.children = new Children(childPortion);
    }

    void load(Session session) throws SQLException {
        dictionary.load(session);
        children.load(session);
        closed.clear();
        closed.addAll(session.all(
                row -> new LaneKey(row.getString(1), row.getString(2)), "select mount, target from closed"));
        cursor = session.number("select max(cursor) from outbox").orElse(0);
    }

    Dictionary dictionary() {
        return dictionary;
    }

    Children children() {
        return children;
    }

    Set<LaneKey> closed() {
        return closed;
    }

    Pruning pruning() {
        return pruning;
    }

    long nextCursor() {
        return ++cursor;
    }
}
