package io.daypass.engine.postgresql;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Unavailable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One physical connection, logged in, with what was learnt as it was made. */
final class Session implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final Duration SKEW_WORTH_SAYING = Duration.ofSeconds(2);
    private static final Duration LEAST_SKEW_REFUSED = Duration.ofSeconds(2);

    private final Connection connection;
    private final String login;
    private final Watchdog watchdog;
    private final InstantSource clock;
    private final Facts facts;
    private final Instant openedAt;
    private Instant usedAt;
    private Instant toldAt;
    private Duration skew;
    private boolean soiled;

    /**
     * Looks around on a fresh connection.
     *
     * @param login empty: the configured one
     */
    Session(Connection connection, String login, Watchdog watchdog, InstantSource clock, Deadline deadline)
            throws SQLException {
        this.connection = connection;
        this.login = login;
        this.watchdog = watchdog;
        this.clock = clock;
        this.openedAt = clock.instant();
        this.usedAt = openedAt;
        this.toldAt = openedAt;
        this.facts = query(Facts.QUERY, deadline, Facts::of);
        this.skew = Duration.ZERO;
        tellTime(deadline);
    }

    String login() {
        return login;
    }

    Facts facts() {
        return facts;
    }

    Instant openedAt() {
        return openedAt;
    }

    Instant usedAt() {
        return usedAt;
    }

    /** When the server last told its time. */
    Instant toldAt() {
        return toldAt;
    }

    void used() {
        usedAt = clock.instant();
    }

    /** Says that a role's statements are about to run outside of a transaction that undoes what they set. */
    void soil() {
        soiled = true;
    }

    /** Undoes what statements may have set in the session. */
    void clean(Deadline deadline) throws SQLException {
        run("RESET ROLE; RESET ALL", deadline);
        soiled = false;
    }

    /** Whether somebody else's statements may find in it what a role's left. */
    boolean isSoiled() {
        return soiled;
    }

    /** How far the server's clock is ahead of ours; negative: behind. */
    Duration skew() {
        return skew;
    }

    boolean isOpen() {
        try {
            return !connection.isClosed();
        } catch (SQLException e) {
            LOG.debug("a connection can't say whether it is closed", e);
            return false;
        }
    }

    /** Asks the server for its time; that it answers at all is what an idle connection is tested by. */
    void tellTime(Deadline deadline) throws SQLException {
        Instant before = clock.instant();
        Instant there = query("SELECT pg_catalog.clock_timestamp()", deadline, row -> {
            OffsetDateTime time = row.getObject(1, OffsetDateTime.class);
            return time.toInstant();
        });
        toldAt = clock.instant();
        Duration took = Duration.between(before, toldAt);
        boolean wasOff = isOff();
        skew = Duration.between(before.plus(took.dividedBy(2)), there);
        if (isOff() && !wasOff) {
            LOG.atWarn()
                    .addKeyValue("skew_ms", skew.toMillis())
                    .addKeyValue("database", facts.identity())
                    .log("the clock of a PostgreSQL server is off");
        }
    }

    /** Whether the clocks differ by more than is worth saying. */
    private boolean isOff() {
        return skew.abs().compareTo(SKEW_WORTH_SAYING) > 0;
    }

    /**
     * Refuses to mint where the clocks are so far apart that the deadline of a mint means little.
     *
     * @throws Unavailable naming both clocks
     */
    void mustAgreeOnTime(Deadline deadline) {
        Duration half = deadline.left().dividedBy(2);
        Duration most = half.compareTo(LEAST_SKEW_REFUSED) < 0 ? LEAST_SKEW_REFUSED : half;
        if (skew.abs().compareTo(most) > 0) {
            Instant here = clock.instant();
            throw new Unavailable("the clocks are too far apart to create users by a deadline: here it is " + here
                    + ", at the server " + here.plus(skew));
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

    private <T> T sent(Deadline deadline, Message<T> message) throws SQLException {
        Duration left = deadline.left();
        connection.setNetworkTimeout(Runnable::run, millis(left));
        return watchdog.watched(connection, left, () -> {
            try (Statement statement = connection.createStatement()) {
                statement.setEscapeProcessing(false);
                return message.send(statement);
            }
        });
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("a connection did not close in order", e);
        }
    }

    private static List<String> notices(Statement statement) throws SQLException {
        List<String> texts = new ArrayList<>();
        for (SQLWarning each = statement.getWarnings(); each != null; each = each.getNextWarning()) {
            texts.add(String.valueOf(each.getMessage()));
        }
        return texts;
    }

    private static int millis(Duration left) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, left.toMillis()));
    }

    /** Reads a row. */
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private interface Message<T> {
        T send(Statement statement) throws SQLException;
    }
}
