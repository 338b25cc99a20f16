package io.daypass.engine.sql;

import io.daypass.plugin.Deadline;
import java.sql.SQLException;

/**
 * How sessions are opened.
 *
 * @param <S> their type
 */
public interface Opening<S> {
    /**
     * Logs in.
     *
     * @param login empty: the configured one
     */
    S open(String login, Deadline deadline) throws SQLException;
}
