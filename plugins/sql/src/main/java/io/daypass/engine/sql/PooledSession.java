package io.daypass.engine.sql;

import io.daypass.plugin.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One physical connection, logged in, as a {@link Pool} keeps it. It is never opened anew by itself. */
public abstract class PooledSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PooledSession.class);

    private final Connection connection;
    private final String login;
    private final Watchdog watchdog;
    private final InstantSource clock;
    private final Instant openedAt;
    private final ServerClock serverClock;
    private Instant usedAt;
    private boolean soiled;

    /**
     * @param connection which is its own from now on
     * @param login empty: the configured one
     * @param watchdog cuts it where a call outlasts its deadline
     * @param clock ours
     */
    protected PooledSession(Connection connection, String login, Watchdog watchdog, InstantSource clock) {
        this.connection = connection;
        this.login = login;
        this.watchdog = watchdog;
        this.clock = clock;
        this.openedAt = clock.instant();
        this.usedAt = openedAt;
        this.serverClock = new ServerClock(clock);
    }

    /** Asks the server for its time; that it answers at all is what an idle session is tested by. */
    public abstract void tellTime(Deadline deadline) throws SQLException;

    /** Who is logged in; empty: the configured login. */
    public final String login() {
        return login;
    }

    /** When it was opened. */
    public final Instant openedAt() {
        return openedAt;
    }

    /** When it was last given back. */
    public final Instant usedAt() {
        return usedAt;
    }

    /** Says that it is given back now. */
    public final void used() {
        usedAt = clock.instant();
    }

    /** What is known of the server's clock. */
    public final ServerClock serverClock() {
        return serverClock;
    }

    /** Says that what begins now leaves something in it that others must not find, if it is broken off. */
    public final void soil() {
        soiled = true;
    }

    /** Says that all is in order again. */
    public final void clean() {
        soiled = false;
    }

    /** Whether somebody else's statements may find in it what others left. */
    public final boolean isSoiled() {
        return soiled;
    }

    /** Whether its connection is open, as far as is known without asking. */
    public final boolean isOpen() {
        try {
            return !connection.isClosed();
        } catch (SQLException e) {
            LOG.debug("a connection can't say whether it is closed", e);
            return false;
        }
    }

    /** The time by our clock. */
    protected final Instant here() {
        return clock.instant();
    }

    /**
     * Sends something and waits for its end, no longer than the deadline.
     *
     * @param message sends it
     * @return what that answers
     */
    protected final <T> T sent(Deadline deadline, Message<T> message) throws SQLException {
        Duration left = deadline.left();
        connection.setNetworkTimeout(Runnable::run, (int) Math.min(Integer.MAX_VALUE, left.toMillis()));
        return watchdog.watched(connection, left, () -> {
            try (Statement statement = connection.createStatement()) {
                statement.setEscapeProcessing(false);
                return message.send(statement);
            }
        });
    }

    @Override
    public final void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("a connection did not close in order", e);
        }
    }

    /**
     * What is sent.
     *
     * @param <T> what comes of it
     */
    protected interface Message<T> {
        /** Sends it, and reads the answer. */
        T send(Statement statement) throws SQLException;
    }
}
