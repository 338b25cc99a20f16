package io.daypass.engine.database;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Invalid;
import io.daypass.plugin.Leases;
import io.daypass.plugin.Mount;
import io.daypass.plugin.Resources;
import io.daypass.plugin.Table;
import io.daypass.plugin.Unavailable;
import io.daypass.plugin.database.Database;
import io.daypass.plugin.database.DatabaseConnector;
import io.daypass.plugin.database.Endpoint;
import io.daypass.plugin.database.Sources;
import io.daypass.plugin.database.Target;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** The connections of a mount: written, checked, opened, and asked which database they lead to. */
final class Connections {
    private static final int MOST_OPEN = 1000;
    private static final int MOST_LOGINS = 1000;
    private static final int MARK_BYTES = 4;

    private final Mount mount;
    private final Passwords passwords;
    private final Supplier<Leases<DatabaseUser>> leases;
    private final Supplier<Table<StaticRole>> statics;
    private final Table<Connection> table;
    private final Resources<OpenDatabase> open;

    /**
     * @param leases those that live in the connections
     * @param statics the static roles whose users do
     */
    Connections(
            Mount mount,
            Passwords passwords,
            Supplier<Leases<DatabaseUser>> leases,
            Supplier<Table<StaticRole>> statics) {
        this.mount = mount;
        this.passwords = passwords;
        this.leases = leases;
        this.statics = statics;
        table = mount.collection(
                "config/{connection}", Connection.class, this::check, ConnectionShown.class, ConnectionShown::of);
        open = mount.perEntry(table, this::open);
        mount.gauge(
                "clock.ahead.seconds",
                "How far the target's clock was ahead of ours when it last told the time",
                () -> open.look(each -> each.database().clockAhead().map(ahead -> ahead.toMillis() / 1000.0)));
    }

    Table<Connection> table() {
        return table;
    }

    /** The connection in use. */
    OpenDatabase of(String name) {
        return open.of(name);
    }

    /** @throws Invalid naming those that there are */
    DatabaseConnector connector(String pluginName) {
        List<DatabaseConnector> connectors = mount.extensions(DatabaseConnector.class);
        return connectors.stream()
                .filter(each -> each.names().contains(pluginName))
                .findFirst()
                .orElseThrow(() -> new Invalid(
                        "plugin_name",
                        "is unknown; there are "
                                + String.join(
                                        ", ",
                                        connectors.stream()
                                                .map(each -> each.names().get(0))
                                                .toList())));
    }

    /** What was learnt of a connection at the address that it has now. Does no I/O. */
    Optional<Connection.Learnt> learnt(Connection entry) {
        return entry.learnt().isEmpty() ? entry.learnt() : entry.learntAt(where(entry));
    }

    /** Which database a connection is known to lead to; empty: not known. Does no I/O. */
    String identity(String name) {
        return learnt(table.named(name)).map(Connection.Learnt::identity).orElse("");
    }

    /** Whether the users of one connection are those of another, as far as can be said without asking. */
    boolean isSameServer(String name, String other) {
        if (name.equals(other)) {
            return true;
        }
        Optional<Connection> one = table.find(name);
        Optional<Connection> two = table.find(other);
        try {
            return one.isPresent() && two.isPresent() && isSameServer(one.get(), two.get());
        } catch (Invalid e) {
            // One of them is of a plugin that isn't there any more, so it changes no passwords.
            return false;
        }
    }

    private boolean isSameServer(Connection one, Connection two) {
        Optional<String> identity = learnt(one).map(Connection.Learnt::identity);
        return address(one).equals(address(two))
                || (identity.isPresent() && identity.equals(learnt(two).map(Connection.Learnt::identity)));
    }

    private String address(Connection entry) {
        Endpoint endpoint = connector(entry.pluginName()).endpoint(entry.config());
        return endpoint.host().toLowerCase(Locale.ROOT) + ":" + endpoint.port();
    }

    /**
     * Closes what is open of a connection. If no lease lives there, it may lead to another database from now on.
     */
    void reset(String name, Deadline deadline) throws Exception {
        Connection entry = table.named(name);
        open.reopen(name);
        if (entry.learnt().isPresent()) {
            moved(name, entry, open.of(name).database().target(deadline));
        }
    }

    /**
     * Which database a connection leads to: as it was written down when it was first used, or written down now, with the
     * logins that are to be made there.
     */
    Connection.Learnt learn(String name, Database database, Deadline deadline) throws Exception {
        Connection entry = table.named(name);
        Optional<Connection.Learnt> known = learnt(entry);
        if (known.isPresent()) {
            return known.get();
        }
        Target target = database.target(deadline);
        List<Connection.Login> fresh = target.paysForUsers() ? logins(entry.mintingLogins()) : List.of();
        String where = where(entry);
        Connection written = table.update(name, newest -> {
            if (!where(newest).equals(where) || newest.learntAt(where).isPresent()) {
                return newest;
            }
            // The same database by another name keeps its logins, which alone can end the users they made.
            List<Connection.Login> logins = newest.learnt()
                    .filter(each -> each.identity().equals(target.identity()))
                    .map(Connection.Learnt::logins)
                    .orElse(fresh);
            return newest.with(
                    Optional.of(new Connection.Learnt(where, target.identity(), target.paysForUsers(), logins)));
        });
        return written.learntAt(where)
                .orElseThrow(() ->
                        new Unavailable("the connection " + name + " was pointed elsewhere meanwhile; ask again"));
    }

    private OpenDatabase open(Connection entry) {
        DatabaseConnector connector = connector(entry.pluginName());
        Database database = connector.open(entry.config(), new Sources(mount.clock(), mount::random));
        return new OpenDatabase(database, connector.endpoint(entry.config()));
    }

    private List<String> check(String name, Connection entry, Deadline deadline) throws Exception {
        Endpoint endpoint = connector(entry.pluginName()).endpoint(entry.config());
        between("max_open_connections", entry.maxOpenConnections(), 1, MOST_OPEN);
        between("max_idle_connections", entry.maxIdleConnections(), 0, MOST_OPEN);
        between("minting_logins", entry.mintingLogins(), 0, MOST_LOGINS);
        mustBeNobodyElses(name, entry);
        mount.checkNameTemplate(entry.usernameTemplate());
        passwords.check(entry.passwordPolicy(), entry.scramIterations());
        List<String> warnings = new ArrayList<>();
        connector(entry.pluginName()).checkRotation("root_rotation_statements", entry.rootRotationStatements());
        if (entry.allowedRoles().isEmpty()) {
            warnings.add("allowed_roles is empty, so no role can use this connection; * allows all");
        }
        if (entry.verifyConnection() || losesPassword(name, entry) || (leaves(entry, endpoint) && !left(name, entry))) {
            try (OpenDatabase tried = open(entry)) {
                Target target = tried.database().target(deadline);
                moved(name, entry, target);
                warnings.addAll(target.warnings());
            }
        }
        return warnings;
    }

    /** The password of a static role's user is that role's to change. */
    private void mustBeNobodyElses(String name, Connection entry) {
        for (StaticRole role : statics.get().all().values()) {
            Optional<Connection> through = table.find(role.dbName());
            boolean isThere = role.dbName().equals(name)
                    || through.filter(other -> other.pluginName().equals(entry.pluginName()))
                            .filter(other -> isSameServer(other, entry))
                            .isPresent();
            if (isThere && role.username().equals(entry.username())) {
                throw new Invalid("username", "is a static role's user, whose password is changed by that role");
            }
        }
    }

    /**
     * Whether a password that only Daypass knows is about to be written over, or to be used for another login: what comes in
     * its place must log in first.
     */
    private boolean losesPassword(String name, Connection entry) {
        return table.find(name)
                .filter(Connection::isRotated)
                .filter(before -> !before.password().equals(entry.password())
                        || !before.username().equals(entry.username())
                        || !before.connectionUrl().equals(entry.connectionUrl()))
                .isPresent();
    }

    /** Whether a connection is about to be pointed away from where it was used. */
    private static boolean leaves(Connection entry, Endpoint endpoint) {
        return entry.learnt().filter(each -> !each.isElsewhere()).isPresent()
                && entry.learntAt(where(endpoint)).isEmpty();
    }

    /** Lets nobody draft users any more for where a connection was used; not while leases live there. */
    private boolean left(String name, Connection entry) {
        Optional<Connection.Learnt> left = entry.learnt().map(Connection.Learnt::elsewhere);
        return leases.get().ifNoneLives(name, () -> replaceLearnt(name, entry, left)) == 0;
    }

    private void replaceLearnt(String name, Connection entry, Optional<Connection.Learnt> learnt) {
        table.update(name, newest -> newest.learnt().equals(entry.learnt()) ? newest.with(learnt) : newest);
    }

    /** Forgets what was learnt of another database than the one a connection now leads to; not while leases live there. */
    private void moved(String name, Connection entry, Target target) {
        if (entry.learnt().isEmpty() || entry.learnt().get().identity().equals(target.identity())) {
            return;
        }
        long kept = statics.get().all().values().stream()
                .filter(role -> role.dbName().equals(name))
                .count();
        if (kept > 0) {
            throw new Invalid(
                    "connection_url",
                    "leads to another server or database than before, where the users of " + kept + " static role"
                            + (kept == 1 ? " is" : "s are") + "; delete those roles first");
        }
        long live = leases.get().ifNoneLives(name, () -> replaceLearnt(name, entry, Optional.empty()));
        if (live > 0) {
            throw new Invalid(
                    "connection_url",
                    "leads to another server or database than before, where " + live
                            + (live == 1 ? " lease lives" : " leases live") + "; revoke them first");
        }
    }

    private List<Connection.Login> logins(int count) {
        String mark = HexFormat.of().formatHex(mount.random(MARK_BYTES));
        List<Connection.Login> logins = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            logins.add(new Connection.Login("daypass-" + mark + "-" + i, passwords.draw("")));
        }
        return logins;
    }

    private String where(Connection entry) {
        return where(connector(entry.pluginName()).endpoint(entry.config()));
    }

    private static String where(Endpoint endpoint) {
        return endpoint.host() + ":" + endpoint.port() + "/" + endpoint.database();
    }

    private static void between(String field, int value, int least, int most) {
        if (value < least || value > most) {
            throw new Invalid(field, "must be from " + least + " to " + most);
        }
    }
}
