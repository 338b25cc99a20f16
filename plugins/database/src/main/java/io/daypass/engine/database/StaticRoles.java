package io.daypass.engine.database;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Invalid;
import io.daypass.plugin.Mount;
import io.daypass.plugin.Secret;
import io.daypass.plugin.Table;
import io.daypass.plugin.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The static roles of a mount: checked as they are written, rotated as they are due, and read from what is known. */
final class StaticRoles {
    private static final String NAME = "static_role";

    private final Mount mount;
    private final Connections connections;
    private final Passwords passwords;
    private final Table<StaticRole> table;
    private final Rotator<StaticRole> rotator;
    private final Mount.Due due;

    StaticRoles(Mount mount, Connections connections, Passwords passwords) {
        this.mount = mount;
        this.connections = connections;
        this.passwords = passwords;
        table = mount.collection(
                "static-roles/{static_role}",
                StaticRole.class,
                this::check,
                StaticRoleShown.class,
                StaticRoleShown::of);
        mount.home(table, connections.table(), StaticRole::dbName);
        mount.deletionWarns(
                table,
                role -> "the user " + role.username() + " is still there, and keeps the password that it has;"
                        + " nobody rotates it any more");
        rotator = new Rotator<>(mount, connections, passwords, table, (name, role) -> role.dbName());
        due = mount.whenDue(table, StaticRole::due, this::rotate);
        mount.reveal(
                "static-creds/{static_role}",
                StaticCredentials.class,
                (call, deadline) -> Optional.of(credentials(call.at(NAME))));
        mount.action("rotate-role/{static_role}", (call, deadline) -> rotateNow(call.at(NAME), deadline));
    }

    Table<StaticRole> table() {
        return table;
    }

    private void rotate(String name, StaticRole role, Deadline deadline) throws Exception {
        rotator.rotate(name, role, deadline);
    }

    private void rotateNow(String name, Deadline deadline) throws Exception {
        mustBeAllowed(name, table.named(name));
        table.update(name, role -> role.at(role.progress().wanted()));
        due.now(name, deadline);
    }

    /**
     * From what is written down, whatever the database says: while it is being told another password, this is the one that
     * it had.
     */
    private StaticCredentials credentials(String name) {
        StaticRole role = table.named(name);
        mustBeAllowed(name, role);
        Secret password = role.password()
                .orElseThrow(() -> new Unavailable("the password of " + role.username() + " was not changed yet, so it"
                        + " isn't known here; that is tried again: "
                        + role.progress().problem()));
        return StaticCredentials.of(
                role,
                password,
                role.progress().last().orElseThrow(),
                mount.clock().instant());
    }

    private List<String> check(String name, StaticRole role, Deadline deadline) {
        Connection connection = mustBeAllowed(name, role);
        if (!role.credentialType().equals("password")) {
            throw new Invalid("credential_type", "may be password alone");
        }
        mustBeTheSame(name, role);
        role.schedule().check(mount.clock().instant());
        passwords.check(role.policy(connection), connection.scramIterations());
        connections.connector(connection.pluginName()).checkRotation("rotation_statements", role.rotationStatements());
        new Usernames(connections, table).check(name, role, connection);
        List<String> warnings = new ArrayList<>();
        role.credentialConfig().keySet().stream()
                .filter(key -> !key.equals(Role.PASSWORD_POLICY))
                .forEach(key -> warnings.add("credential_config: unknown field " + key));
        return warnings;
    }

    /** Of another user the password would be lost, which nobody knows but this role. */
    private void mustBeTheSame(String name, StaticRole role) {
        Optional<StaticRole> before = table.find(name);
        if (before.filter(each -> !each.username().equals(role.username())).isPresent()) {
            throw new Invalid("username", "can't be changed; write another role");
        }
        if (before.filter(each -> !each.dbName().equals(role.dbName())).isPresent()) {
            throw new Invalid("db_name", "can't be changed; write another role");
        }
    }

    private Connection mustBeAllowed(String name, StaticRole role) {
        Connection connection = connections
                .table()
                .find(role.dbName())
                .orElseThrow(() -> new Invalid(
                        "db_name",
                        "there is no connection " + role.dbName() + "; write config/" + role.dbName() + " first"));
        if (!connection.allows(name)) {
            throw new Invalid(NAME, name + " is not among the allowed_roles of the connection " + role.dbName());
        }
        return connection;
    }
}
