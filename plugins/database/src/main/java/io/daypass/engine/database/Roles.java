package io.daypass.engine.database;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Invalid;
import io.daypass.plugin.Mount;
import io.daypass.plugin.Table;
import io.daypass.plugin.database.Creation;
import io.daypass.plugin.database.DatabaseConnector;
import java.util.ArrayList;
import java.util.List;

/** The roles of a mount, checked as they are written. */
final class Roles {
    private final Table<Role> table;
    private final Connections connections;
    private final Passwords passwords;

    Roles(Mount mount, Connections connections, Passwords passwords) {
        this.connections = connections;
        this.passwords = passwords;
        table = mount.collection("roles/{role}", Role.class, this::check);
    }

    Table<Role> table() {
        return table;
    }

    private List<String> check(String name, Role role, Deadline deadline) {
        Connection connection = connections
                .table()
                .find(role.dbName())
                .orElseThrow(() -> new Invalid(
                        "db_name",
                        "there is no connection " + role.dbName() + "; write config/" + role.dbName() + " first"));
        if (!role.credentialType().equals("password")) {
            throw new Invalid("credential_type", "may be password alone");
        }
        if (!role.maxTtl().isZero() && role.defaultTtl().compareTo(role.maxTtl()) > 0) {
            throw new Invalid("default_ttl", "must not be longer than max_ttl");
        }
        if (role.ownedObjects() == OwnedObjects.DROP && !role.reassignTo().isEmpty()) {
            throw new Invalid("reassign_to", "has no meaning where owned_objects is drop");
        }
        Creation creation = role.creation(connection);
        passwords.check(role.passwordPolicy(connection), creation.scramIterations());
        DatabaseConnector connector = connections.connector(connection.pluginName());
        List<String> warnings = new ArrayList<>(connector.check(creation, role.renewStatements(), role.removal()));
        warnings.addAll(warnings(name, role, connection));
        if (paysForUsers(connection) && connector.needsConfiguredLogin(creation)) {
            warnings.add("creation_statements do more than create a role, so that one login makes all of its users, and"
                    + " pays for each that is alive; leave memberships to groups");
        }
        return warnings;
    }

    private static List<String> warnings(String name, Role role, Connection connection) {
        List<String> warnings = new ArrayList<>();
        if (!role.rollbackStatements().isEmpty()) {
            warnings.add("rollback_statements are ignored: a creation that fails is rolled back as a whole");
        }
        role.credentialConfig().keySet().stream()
                .filter(key -> !key.equals(Role.PASSWORD_POLICY))
                .forEach(key -> warnings.add("credential_config: unknown field " + key));
        if (!connection.allows(name)) {
            warnings.add("the connection " + role.dbName() + " doesn't allow this role: see its allowed_roles");
        }
        return warnings;
    }

    private boolean paysForUsers(Connection connection) {
        return connection.mintingLogins() > 0
                && connections
                        .learnt(connection)
                        .map(Connection.Learnt::paysForUsers)
                        .orElse(false);
    }
}
