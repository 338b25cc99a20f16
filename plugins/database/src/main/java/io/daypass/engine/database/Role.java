package io.daypass.engine.database;

import io.daypass.plugin.Default;
import io.daypass.plugin.Doc;
import io.daypass.plugin.database.Creation;
import io.daypass.plugin.database.Removal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What users may do and how long they live: the entry at {@code roles/NAME}. */
record Role(
        @Doc("The connection that its users are made through")
        String dbName,

        @Doc("Life of a user; 0: the mount's") @Default("0s")
        Duration defaultTtl,

        @Doc("Life of a user that is renewed; 0: the mount's") @Default("0s")
        Duration maxTtl,

        @Doc("SQL that makes a user, with \"{{name}}\", '{{password}}' and '{{expiration}}' in it")
        List<String> creationStatements,

        @Doc("SQL to run before a user is dropped") List<String> revocationStatements,
        @Doc("SQL to run when a user is renewed") List<String> renewStatements,

        @Doc("Accepted and ignored: a creation that fails is rolled back as a whole")
        List<String> rollbackStatements,

        @Doc("Roles of the database that users become members of")
        List<String> groups,

        @Doc("password is the only one there is") @Default("password")
        String credentialType,

        @Doc("password_policy here wins over the connection's")
        Map<String, String> credentialConfig,

        @Doc("How often a password is hashed for its verifier; left out: what the connection says")
        Optional<Integer> scramIterations,

        @Doc("reassign or drop what a user owns when it ends") @Default("reassign")
        OwnedObjects ownedObjects,

        @Doc("Who gets what a user owns; empty: the connection's login") @Default("")
        String reassignTo) {
    /** What {@code credential_config} may hold. */
    static final String PASSWORD_POLICY = "password_policy";

    String passwordPolicy(Connection connection) {
        return credentialConfig.getOrDefault(PASSWORD_POLICY, connection.passwordPolicy());
    }

    Creation creation(Connection connection) {
        return new Creation(creationStatements, groups, scramIterations.orElse(connection.scramIterations()));
    }

    Removal removal() {
        return new Removal(revocationStatements, ownedObjects == OwnedObjects.DROP, reassignTo);
    }
}
