package io.daypass.engine.database;

import io.daypass.plugin.Doc;
import io.daypass.plugin.Secret;
import io.daypass.plugin.database.Endpoint;

/** What whoever asked for a user gets. */
record Credentials(
        @Doc("The user's name") String username,
        @Doc("Its password, which is kept nowhere") Secret password,
        @Doc("Where to log in") Address connection) {
    /** Where to log in. */
    record Address(
            @Doc("Name or address; several with commas between them")
            String host,

            @Doc("The port") int port,
            @Doc("The database") String database,
            @Doc("How the connection is protected") String sslmode) {}

    static Credentials of(String username, Secret password, Endpoint endpoint) {
        Address address = new Address(endpoint.host(), endpoint.port(), endpoint.database(), endpoint.sslmode());
        return new Credentials(username, password, address);
    }
}
