package io.daypass.lease.sqlite;

import java.sql.SQLException;
import java.time.Duration;

/**
 * Keeps the outbox, the list of what was ended before its time, and what is remembered of leases that have gone within
 * their bounds, a little at a time: after so many new events at most twice as many old ones go, so it catches up and no
 * commit is long. The newest event always stays, since cursors go on from it.
 */
final class Pruning {
    private static final long KEPT_FOR = Duration.ofDays(7).toMillis();
    private static final int EVERY = 256;

    private int appended;

    /** Takes note of new events, and prunes now and then. */
    void after(Session session, int events, long now, Settings settings) throws SQLException {
        appended += events;
        if (appended < EVERY) {
            return;
        }
        int most = 2 * appended;
        appended = 0;
        long newest = session.number("select max(cursor) from outbox").orElse(0);
        session.update(
                "delete from listed where (source, serial) in"
                        + " (select source, serial from listed where until <= ? order by until limit ?)",
                now,
                most);
        session.update(
                "delete from outbox where cursor in (select cursor from outbox where cursor <= ? order by cursor limit ?)",
                newest - settings.kept().events(),
                most);
        session.update(
                "delete from outbox where cursor in (select cursor from outbox where cursor < ? order by cursor limit ?)"
                        + " and at < ?",
                newest,
                most,
                now - KEPT_FOR);
        PastRows.prune(session, now, settings.kept().endedFor(), settings.kept().ended(), most);
    }
}
