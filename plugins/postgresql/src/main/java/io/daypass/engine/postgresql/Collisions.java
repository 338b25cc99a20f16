package io.daypass.engine.postgresql;

import io.daypass.engine.sql.Attempt;
import io.daypass.plugin.Deadline;
import java.sql.SQLException;

/**
 * Tries again what met another change of the same row of the catalog. PostgreSQL answers "tuple concurrently updated",
 * with all of it rolled back; the round trip is pause enough.
 */
final class Collisions {
    private Collisions() {}

    static <T> T retried(Deadline deadline, Attempt<T> attempt) throws SQLException {
        while (true) {
            try {
                return attempt.once();
            } catch (SQLException e) {
                if (!SqlStates.isCollision(e) || deadline.left().isZero()) {
                    throw e;
                }
            }
        }
    }
}
