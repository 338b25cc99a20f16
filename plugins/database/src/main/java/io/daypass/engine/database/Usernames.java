package io.daypass.engine.database;

import io.daypass.plugin.Invalid;
import io.daypass.plugin.Table;
import java.util.Map;
import java.util.regex.Pattern;

/** Which users of a database a static role may have: none whose password is somebody else's to change. */
final class Usernames {
    /** What can't be put between quotes of any kind as it is. */
    private static final Pattern UNSAFE = Pattern.compile("[\"'`\\\\$\\p{Cntrl}]|\\{\\{");
    /** Like the names that a broker makes for leases. */
    private static final Pattern LEASED = Pattern.compile("d-([a-z0-9_-]+-)?[a-z0-9]{12,25}(-[0-9]{1,11})?");
    /** Like the names of logins that make users. */
    private static final Pattern MINTING = Pattern.compile("daypass-[0-9a-f]{8}-[0-9]+");

    private final Connections connections;
    private final Table<StaticRole> roles;

    Usernames(Connections connections, Table<StaticRole> roles) {
        this.connections = connections;
        this.roles = roles;
    }

    /** @throws Invalid saying whose it is */
    void check(String name, StaticRole role, Connection connection) {
        String user = role.username();
        int longest = connections.connector(connection.pluginName()).longestName();
        if (user.isBlank() || user.length() > longest) {
            throw refused("must have from 1 to " + longest + " characters");
        }
        if (UNSAFE.matcher(user).find()) {
            throw refused("must hold no quotes, backslashes, $, {{ or control characters");
        }
        if (LEASED.matcher(user).matches()) {
            throw refused("is like the names of leased users, whose passwords nobody rotates");
        }
        if (MINTING.matcher(user).matches()) {
            throw refused("is a login that Daypass makes users with");
        }
        for (Map.Entry<String, Connection> each : connections.table().all().entrySet()) {
            if (each.getValue().username().equals(user) && isAt(each.getKey(), role.dbName())) {
                throw refused("is the login of the connection " + each.getKey() + "; rotate-root/" + each.getKey()
                        + " changes its password");
            }
        }
        for (Map.Entry<String, StaticRole> each : roles.all().entrySet()) {
            StaticRole other = each.getValue();
            if (!each.getKey().equals(name) && other.username().equals(user) && isAt(other.dbName(), role.dbName())) {
                throw refused("is the static role " + each.getKey() + "'s already");
            }
        }
    }

    private boolean isAt(String connection, String other) {
        return connections.isSameServer(connection, other);
    }

    private static Invalid refused(String why) {
        return new Invalid("username", why);
    }
}
