package io.daypass.lease.sqlite;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which rows name which row as their parent.
 *
 * <p>An index that every insert had to enter would dirty one more page a row, which halves the rate. So rows are
 * entered into the table {@code child} a portion at a time, sorted; up to the watermark the table is complete, and
 * rows past it are held in memory here, to be found again at a start by one short scan. The watermark is kept in the
 * same commits as the table.
 */
final class Children {
    private final int portion;
    private final Map<Long, TreeSet<Long>> tail = new HashMap<>();
    private long watermark;
    private long highest;

    Children(int portion) {
        this.portion = portion;
    }

    /** Reads everything anew: at the start, and after a rollback. */
    void load(Session session) throws SQLException {
        tail.clear();
        watermark = session.number("select value from counter where name = 'children'")
                .orElseThrow();
        highest = Math.max(watermark, session.number("select max(n) from lease").orElse(0));
        session.all(
                row -> remember(row.getLong(1), row.getLong(2)),
                "select parent, n from lease where n > ? and parent <> 0",
                watermark);
    }

    /** Takes note of a row that was inserted. */
    void added(Session session, long parent, long n) throws SQLException {
        highest = Math.max(highest, n);
        if (parent == 0) {
            return;
        }
        if (n > watermark) {
            remember(parent, n);
        } else {
            // Its number was given before the portion was entered, but it was written only now.
            session.update("insert into child(parent, n) values (?, ?)", parent, n);
        }
    }

    /** Takes note of a row that was deleted. */
    void removed(Session session, long parent, long n) throws SQLException {
        if (parent == 0) {
            return;
        }
        if (n <= watermark) {
            session.update("delete from child where parent = ? and n = ?", parent, n);
            return;
        }
        TreeSet<Long> some = tail.get(parent);
        if (some != null && some.remove(n) && some.isEmpty()) {
            tail.remove(parent);
        }
    }

    /** Whether any row names this one as its parent. */
    boolean has(Session session, long parent) throws SQLException {
        return tail.containsKey(parent)
                || session.number("select 1 from child where parent = ? limit 1", parent)
                        .isPresent();
    }

    /** Enters one portion if there is a whole one. */
    void enter(Session session) throws SQLException {
        if (highest - watermark < portion) {
            return;
        }
        long to = watermark + portion;
        session.update(
                "insert into child(parent, n) select parent, n from lease where n > ? and n <= ? and parent <> 0"
                        + " order by parent, n",
                watermark,
                to);
        session.update("update counter set value = ? where name = 'children' and value = ?", to, watermark);
        tail.values().forEach(some -> some.headSet(to, true).clear());
        tail.values().removeIf(TreeSet::isEmpty);
        watermark = to;
    }

    private boolean remember(long parent, long n) {
        return tail.computeIfAbsent(parent, key -> new TreeSet<>()).add(n);
    }
}
