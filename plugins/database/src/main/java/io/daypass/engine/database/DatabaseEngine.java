package io.daypass.engine.database;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Engine;
import io.daypass.plugin.Leases;
import io.daypass.plugin.Mount;
import io.daypass.plugin.database.Place;
import io.daypass.plugin.database.User;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/**
 * Users of databases. What a database is, is a {@link io.daypass.plugin.database.DatabaseConnector}'s matter; this says
 * who gets a user, for how long, and what is remembered to take it away.
 */
@Extension
public final class DatabaseEngine implements Engine {
    private static final int LONGEST_LIST = 64;

    private @Nullable Mount mount;
    private @Nullable Connections connections;
    private @Nullable StaticRoles statics;
    private @Nullable Leases<DatabaseUser> leases;

    @Override
    public String type() {
        return "database";
    }

    @Override
    public void open(Mount mount) {
        this.mount = mount;
        Passwords passwords = new Passwords(mount);
        Connections opened = new Connections(
                mount, passwords, this::leases, () -> opened(statics).table());
        connections = opened;
        Minting minting = new Minting(mount, opened, new Roles(mount, opened, passwords), passwords);
        leases = mount.leases("user", DatabaseUser.class, this::revoke)
                .on(opened.table(), DatabaseUser::connection, Connection::maxOpenConnections)
                .revokeAll(LONGEST_LIST, DatabaseUser::ending, this::revokeAll)
                .settle(this::settle)
                .extend(this::extend)
                .list("orphans/{connection}", DatabaseUser::name, this::users)
                .issue("creds/{role}", Credentials.class, minting::draft);
        Roots.declare(mount, opened, passwords);
        statics = new StaticRoles(mount, opened, passwords);
        mount.gauge(
                "rotations.failing",
                "How many passwords could not be rotated when that was tried last; it is tried again",
                this::failing);
        mount.action("reset/{connection}", (call, deadline) -> opened.reset(call.at("connection"), deadline));
    }

    private void revoke(DatabaseUser handle, Deadline deadline) throws Exception {
        revokeAll(List.of(handle), deadline);
    }

    private void revokeAll(List<DatabaseUser> handles, Deadline deadline) throws Exception {
        DatabaseUser first = handles.get(0);
        List<User> users = handles.stream().map(this::user).toList();
        connections().of(first.connection()).database().drop(place(first), first.removal(), users, deadline);
    }

    private boolean settle(DatabaseUser handle, Instant mintDeadline, Deadline deadline) throws Exception {
        return connections()
                .of(handle.connection())
                .database()
                .settle(place(handle), handle.removal(), user(handle), mintDeadline, deadline);
    }

    private void extend(DatabaseUser handle, Instant expiresAt, Deadline deadline) throws Exception {
        connections()
                .of(handle.connection())
                .database()
                .extend(place(handle), user(handle), handle.renewal(), expiresAt, deadline);
    }

    /** Of the database that the connection led to when it was first used, if it leads there still. */
    private List<String> users(String connection, Deadline deadline) throws Exception {
        Optional<Connection.Learnt> learnt =
                connections().learnt(connections().table().named(connection));
        Place place = new Place(learnt.map(Connection.Learnt::identity).orElse(""), "");
        return connections().of(connection).database().users(place, deadline);
    }

    /**
     * Where a user lives. One that was drafted before its database was known lives in the one that was written down
     * before it was created; if none was, it never was created, and any will do.
     */
    private Place place(DatabaseUser handle) {
        if (!handle.identity().isEmpty()) {
            return new Place(handle.identity(), handle.login());
        }
        Optional<Connection.Learnt> learnt =
                connections().table().named(handle.connection()).learnt().filter(each -> !each.isElsewhere());
        return new Place(learnt.map(Connection.Learnt::identity).orElse(""), handle.login());
    }

    private User user(DatabaseUser handle) {
        return new User(handle.name(), opened(mount).lockKey(handle.name()));
    }

    /** Of the users of each connection, and of its own login. */
    private Map<String, Double> failing() {
        Map<String, Double> failing = new TreeMap<>();
        connections().table().all().forEach((name, entry) -> failing.put(name, count(entry)));
        opened(statics).table().all().values().forEach(role -> failing.merge(role.dbName(), count(role), Double::sum));
        return failing;
    }

    private static double count(Rotated<?> entry) {
        return entry.progress().isFailing() ? 1 : 0;
    }

    private Connections connections() {
        return opened(connections);
    }

    private Leases<DatabaseUser> leases() {
        return opened(leases);
    }

    private static <T> T opened(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the engine is not open");
        }
        return part;
    }
}
