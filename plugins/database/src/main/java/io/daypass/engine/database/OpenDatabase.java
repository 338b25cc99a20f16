package io.daypass.engine.database;

import io.daypass.plugin.database.Database;
import io.daypass.plugin.database.Endpoint;

/**
 * A connection in use.
 *
 * @param database its pool
 * @param endpoint what its users are told
 */
record OpenDatabase(Database database, Endpoint endpoint) implements AutoCloseable {
    @Override
    public void close() {
        database.close();
    }
}
