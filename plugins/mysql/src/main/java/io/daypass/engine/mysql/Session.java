package io.daypass.engine.mysql;

import io.daypass.engine.sql.PooledSession;
import io.daypass.engine.sql.Watchdog;
import io.daypass.plugin.Deadline;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One physical connection, logged in, with what was learnt as it was made. It is never opened anew by itself. */
final class Session extends PooledSession {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final String CLOCK = "CAST(UTC_TIMESTAMP(6) AS CHAR)";

    private final Facts facts;
    private Optional<String> mark;

    /**
     * Looks around on a fresh connection, and sets what our statements rely on.
     *
     * @param login empty: the configured one
     */
    Session(Connection connection, String login, Watchdog watchdog, InstantSource clock, Deadline deadline)
            throws SQLException {
        super(connection, login, watchdog, clock);
        this.facts = Facts.of(this, deadline);
        run(settings(facts), deadline);
        this.mark = Mark.of(this, deadline);
        tellTime(deadline);
    }

    /**
     * What is not left to the server's defaults: how SQL is read; that a GRANT makes no user; and limits that the server
     * keeps should we be gone. A lock is waited for less long than a statement may take.
     */
    private static String settings(Facts facts) {
        return "SET SESSION sql_mode = 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION"
                + (facts.isMariaDb() ? ",NO_AUTO_CREATE_USER', max_statement_time = 12" : "'")
                + ", autocommit = 1, lock_wait_timeout = 10, innodb_lock_wait_timeout = 10, wait_timeout = 600";
    }

    Facts facts() {
        return facts;
    }

    /** What its server is known by, if it has a mark. */
    Optional<String> mark() {
        return mark;
    }

    /** What its server is known by, which is given a mark if it has none. */
    String ownMark(IntFunction<byte[]> random, Deadline deadline) throws SQLException {
        String found = Mark.ofOrMade(this, random, deadline);
        mark = Optional.of(found);
        return found;
    }

    @Override
    public void tellTime(Deadline deadline) throws SQLException {
        Instant asked = here();
        if (serverClock().told(asked, now(deadline))) {
            LOG.atWarn().addKeyValue("skew_ms", serverClock().skew().toMillis()).log("the clock of a server is off");
        }
    }

    /** The time by the server's clock, as this statement began. */
    Instant now(Deadline deadline) throws SQLException {
        return Sql.told(rows("SELECT " + CLOCK, deadline).get(0).get(0));
    }

    /** Sends one statement and waits for its end. */
    void run(String sql, Deadline deadline) throws SQLException {
        sent(deadline, statement -> statement.execute(sql));
    }

    /**
     * Sends one query and reads all of its answer.
     *
     * @return rows of columns; what is NULL is empty
     */
    List<List<String>> rows(String sql, Deadline deadline) throws SQLException {
        return sent(deadline, statement -> {
            List<List<String>> rows = new ArrayList<>();
            try (ResultSet answer = statement.executeQuery(sql)) {
                int columns = answer.getMetaData().getColumnCount();
                while (answer.next()) {
                    List<String> row = new ArrayList<>();
                    for (int i = 1; i <= columns; i++) {
                        String value = answer.getString(i);
                        row.add(value == null ? "" : value);
                    }
                    rows.add(row);
                }
            }
            return rows;
        });
    }
}
