package io.daypass.engine.mysql;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Unavailable;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Ends the sessions of users that are locked or gone. A login that was under way as they were locked may have been judged
 * before: it has no user's name yet, so those without one are waited for until they have, and ended if they take long.
 */
final class Sweep {
    private static final String NOBODY_YET = "unauthenticated user";
    /** What runs for it does no more than be undone. */
    private static final String ENDING = "Killed";

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final String PAUSE = "DO SLEEP(0.005)";

    private final Session session;
    private final InstantSource clock;
    private final Set<String> names;
    private final String query;
    private final Set<String> underWay = new HashSet<>();

    /** @param names of the users; none of them can log in any more */
    Sweep(Session session, InstantSource clock, Collection<String> names) {
        this.session = session;
        this.clock = clock;
        this.names = Set.copyOf(names);
        query = "SELECT ID, USER, COMMAND FROM information_schema.PROCESSLIST WHERE USER IN (" + Sql.texts(names) + ", "
                + Sql.text(NOBODY_YET) + ")";
    }

    /**
     * Ends them and waits for their ends.
     *
     * @throws Unavailable if one doesn't end
     */
    void run(Deadline deadline) throws SQLException {
        Instant since = clock.instant();
        underWay.clear();
        session.rows(query, deadline).stream()
                .filter(row -> row.get(1).equals(NOBODY_YET))
                .forEach(row -> underWay.add(row.get(0)));
        while (!isOver(Duration.between(since, clock.instant()), deadline)) {
            session.run(PAUSE, deadline);
        }
    }

    private boolean isOver(Duration passed, Deadline deadline) throws SQLException {
        boolean patient = passed.compareTo(PATIENCE) < 0;
        boolean over = true;
        for (List<String> row : session.rows(query, deadline)) {
            boolean isTheirs = names.contains(row.get(1));
            boolean mayBecomeTheirs = row.get(1).equals(NOBODY_YET) && underWay.contains(row.get(0));
            boolean ends = row.get(2).equals(ENDING);
            if ((isTheirs && !ends) || (mayBecomeTheirs && !patient)) {
                kill(session, row.get(0), deadline);
            }
            over &= !(isTheirs || mayBecomeTheirs) || (ends && !patient);
        }
        if (!over && passed.compareTo(LONGEST) > 0) {
            throw new Unavailable("sessions of the user remain");
        }
        return over;
    }

    /** Ends a session, if it is there. */
    static void kill(Session session, String id, Deadline deadline) throws SQLException {
        try {
            session.run("KILL " + id, deadline);
        } catch (SQLException e) {
            if (!SqlErrors.isNoSuchSession(e)) {
                throw e;
            }
        }
    }
}
