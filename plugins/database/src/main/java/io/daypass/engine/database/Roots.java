package io.daypass.engine.database;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Invalid;
import io.daypass.plugin.Mount;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The rotation of the passwords that the connections themselves log in with, when somebody asks for it. */
final class Roots {
    private final Connections connections;
    private final Mount.Due due;

    private Roots(Connections connections, Mount.Due due) {
        this.connections = connections;
        this.due = due;
    }

    static void declare(Mount mount, Connections connections, Passwords passwords) {
        Rotator<Connection> rotator =
                new Rotator<>(mount, connections, passwords, connections.table(), (name, entry) -> name);
        Roots roots = new Roots(connections, mount.whenDue(connections.table(), Roots::due, rotator::rotate));
        mount.action("rotate-root/{connection}", (call, deadline) -> roots.rotate(call.at("connection"), deadline));
    }

    private static Optional<Instant> due(Connection entry) {
        boolean isDue = entry.progress().asked() || entry.progress().isUnderWay();
        return isDue ? Optional.of(Instant.EPOCH) : Optional.empty();
    }

    private void rotate(String name, Deadline deadline) throws Exception {
        Connection entry = connections.table().named(name);
        for (Map.Entry<String, Connection> each : connections.table().all().entrySet()) {
            if (!each.getKey().equals(name)
                    && each.getValue().username().equals(entry.username())
                    && connections.isSameServer(each.getKey(), name)) {
                throw new Invalid(
                        "connection",
                        each.getKey() + " logs in as " + entry.username() + " too, and would not get in any more;"
                                + " give each connection a login of its own");
            }
        }
        connections.table().update(name, newest -> newest.at(newest.progress().wanted()));
        due.now(name, deadline);
    }
}
