package io.daypass.engine.sql;

import io.daypass.plugin.Deadline;
import java.sql.SQLException;
import java.time.Instant;

/** One physical connection, logged in, as a {@link Pool} keeps it. */
public interface PooledSession extends AutoCloseable {
    /** Who is logged in; empty: the configured login. */
    String login();

    /** When it was opened. */
    Instant openedAt();

    /** When it was last given back. */
    Instant usedAt();

    /** Says that it is given back now. */
    void used();

    /** What is known of the server's clock. */
    ServerClock serverClock();

    /** Asks the server for its time; that it answers at all is what an idle session is tested by. */
    void tellTime(Deadline deadline) throws SQLException;

    /** Whether its connection is open, as far as is known without asking. */
    boolean isOpen();

    /** Whether somebody else's statements may find in it what a role's left. */
    boolean isSoiled();

    @Override
    void close();
}
