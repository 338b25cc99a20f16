package io.daypass.engine.database;

import io.daypass.plugin.Doc;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A connection as a reader sees it, in the shape that clients of the Vault API know. */
record ConnectionShown(
        @Doc("What kind of database it is") String pluginName,
        @Doc("How it is reached") Details connectionDetails,
        @Doc("Roles that may use it") List<String> allowedRoles,
        @Doc("SQL that changes the login's own password") List<String> rootCredentialsRotateStatements,

        @Doc("The password policy that passwords are drawn by")
        String passwordPolicy,

        @Doc("Whether it was logged in before this was stored")
        boolean verifyConnection,

        @Doc("When the login's own password was rotated last; left out: never")
        Optional<Instant> lastRootRotation,

        @Doc("Why the last attempt to rotate it failed; left out: it didn't")
        Optional<String> lastRootRotationError) {
    /** How it is reached. */
    record Details(
            @Doc("Where it is") String connectionUrl,
            @Doc("The login that makes users") String username,
            @Doc("Shapes the middle of users' names") String usernameTemplate,
            @Doc("The most connections at once") int maxOpenConnections,
            @Doc("The most connections kept open unused") int maxIdleConnections,

            @Doc("The age at which a connection is replaced")
            Duration maxConnectionLifetime,

            @Doc("How often a password is hashed for its verifier")
            int scramIterations,

            @Doc("Certificates that the server's must descend from")
            String tlsCa,

            @Doc("How many logins share the users") int mintingLogins) {}

    static ConnectionShown of(Connection entry) {
        Details details = new Details(
                entry.connectionUrl(),
                entry.username(),
                entry.usernameTemplate(),
                entry.maxOpenConnections(),
                entry.maxIdleConnections(),
                entry.maxConnectionLifetime(),
                entry.scramIterations(),
                entry.tlsCa(),
                entry.mintingLogins());
        return new ConnectionShown(
                entry.pluginName(),
                details,
                entry.allowedRoles(),
                entry.rootRotationStatements(),
                entry.passwordPolicy(),
                entry.verifyConnection(),
                entry.progress().last(),
                Optional.of(entry.progress().problem())
                        .filter(each -> entry.progress().isFailing()));
    }
}
