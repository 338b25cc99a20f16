package io.daypass.plugin.database;

import java.util.Objects;

/**
 * Where a user of the database connects to.
 *
 * @param host name or address; several with commas between them
 * @param port the same for each of them
 * @param database its name
 * @param sslmode how the connection is protected, in the database's own words
 */
public record Endpoint(String host, int port, String database, String sslmode) {
    public Endpoint {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(sslmode, "sslmode");
    }
}
