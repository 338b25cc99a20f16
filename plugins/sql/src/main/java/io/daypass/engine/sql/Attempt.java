package io.daypass.engine.sql;

import java.sql.SQLException;

/**
 * One call of a database.
 *
 * @param <T> its answer
 */
public interface Attempt<T> {
    /** Makes the call. */
    T once() throws SQLException;
}
