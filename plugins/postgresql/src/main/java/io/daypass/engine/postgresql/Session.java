package io.daypass.engine.postgresql;

import io.daypass.engine.sql.PooledSession;
import io.daypass.engine.sql.Watchdog;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Unavailable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One physical connection, logged in, with what was learnt as it was made. */
final class Session extends PooledSession {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final Facts facts;

    /**
     * Looks around on a fresh connection.
     *
     * @param login empty: the configured one
     */
    Session(Connection connection, String login, Watchdog watchdog, InstantSource clock, Deadline deadline)
            throws SQLException {
        super(connection, login, watchdog, clock);
        this.facts = query(Facts.QUERY, deadline, Facts::of);
        tellTime(deadline);
    }

    Facts facts() {
        return facts;
    }

    /** Undoes what statements may have set in the session. */
    void clean(Deadline deadline) throws SQLException {
        run("RESET ROLE; RESET ALL", deadline);
        clean();
    }

    @Override
    public void tellTime(Deadline deadline) throws SQLException {
        Instant asked = here();
        Instant there = query("SELECT pg_catalog.clock_timestamp()", deadline, row -> {
            OffsetDateTime time = row.getObject(1, OffsetDateTime.class);
            return time.toInstant();
        });
        if (serverClock().told(asked, there)) {
            LOG.atWarn()
                    .addKeyValue("skew_ms", serverClock().skew().toMillis())
                    .addKeyValue("database", facts.identity())
                    .log("the clock of a PostgreSQL server is off");
        }
    }

    /**
     * Refuses to work in another database than the one that was meant.
     *
     * @param identity empty: any
     * @throws Unavailable if it is another
     */
    void mustBe(String identity) {
        if (!identity.isEmpty() && !identity.equals(facts.identity())) {
            throw new Unavailable("this connection now leads to another server or database (" + facts.identity()
                    + ") than the one its users live in (" + identity + ")");
        }
    }

    /**
     * Sends one message and waits for its end.
     *
     * @param sql one or more statements, which are one transaction unless they say otherwise
     * @return the texts of the notices that came with it
     */
    List<String> run(String sql, Deadline deadline) throws SQLException {
        return sent(deadline, statement -> {
            statement.execute(sql);
            return notices(statement);
        });
    }

    /** Sends one query and reads the first row of its answer. */
    <T> T query(String sql, Deadline deadline, Reader<T> reader) throws SQLException {
        return sent(deadline, statement -> {
            try (ResultSet row = statement.executeQuery(sql)) {
                if (!row.next()) {
                    throw new SQLException("no row", "02000");
                }
                return reader.read(row);
            }
        });
    }

    private static List<String> notices(Statement statement) throws SQLException {
        List<String> texts = new ArrayList<>();
        for (SQLWarning each = statement.getWarnings(); each != null; each = each.getNextWarning()) {
            texts.add(String.valueOf(each.getMessage()));
        }
        return texts;
    }

    /** Reads a row. */
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
