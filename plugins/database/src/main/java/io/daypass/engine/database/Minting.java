package io.daypass.engine.database;

import io.daypass.plugin.Batch;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Draft;
import io.daypass.plugin.Invalid;
import io.daypass.plugin.Lifetime;
import io.daypass.plugin.Mount;
import io.daypass.plugin.Request;
import io.daypass.plugin.Secret;
import io.daypass.plugin.database.Creation;
import io.daypass.plugin.database.DatabaseConnector;
import io.daypass.plugin.database.NewUser;
import io.daypass.plugin.database.Place;
import io.daypass.plugin.database.User;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Drafts users and creates them, those of one role and one login together. */
final class Minting {
    private static final int LONGEST_LIST = 64;

    /**
     * So many leases are made by one login before it is the next one's turn. With fewer, connections would change hands all
     * the time, which costs as much as half a dozen users; with more, one login would have many more live users than
     * others.
     */
    private static final int TURN = 256;

    /** So many logins at most take their turns side by side, one for each connection, which then needn't change hands. */
    private static final int MOST_SIDE_BY_SIDE = 8;

    private final Mount mount;
    private final Connections connections;
    private final Roles roles;
    private final Passwords passwords;
    private final Batch<NewLease, Credentials> creations;

    Minting(Mount mount, Connections connections, Roles roles, Passwords passwords) {
        this.mount = mount;
        this.connections = connections;
        this.roles = roles;
        this.passwords = passwords;
        creations = mount.batch(LONGEST_LIST, NewLease::how, this::create);
    }

    /** What the users of one call have in common. */
    private record How(String connection, Place place, Creation creation, String passwordPolicy) {}

    /** A user to be created. */
    private record NewLease(How how, String name, Instant expiresAt) {}

    /** @throws Invalid naming the role or the connection that is not there, or not allowed */
    Draft<DatabaseUser, Credentials> draft(Request request) {
        String roleName = request.at("role");
        Role role = roles.table().named(roleName);
        Connection connection = connections
                .table()
                .find(role.dbName())
                .orElseThrow(() -> new Invalid(
                        "db_name",
                        "there is no connection " + role.dbName() + ", which the role " + roleName + " names"));
        if (!connection.allows(roleName)) {
            throw new Invalid("role", roleName + " is not among the allowed_roles of the connection " + role.dbName());
        }
        DatabaseConnector connector = connections.connector(connection.pluginName());
        Creation creation = role.creation(connection);
        Place place = place(connection, connector.needsConfiguredLogin(creation), request.leaseNumber());
        String name = request.name(connector.longestName(), connection.usernameTemplate());
        Lifetime lifetime = request.lifetime(role.defaultTtl(), role.maxTtl());
        DatabaseUser handle = new DatabaseUser(
                role.dbName(),
                place.identity(),
                place.login(),
                name,
                role.renewStatements(),
                role.revocationStatements(),
                role.ownedObjects(),
                role.reassignTo());
        How how = new How(role.dbName(), place, creation, role.passwordPolicy(connection));
        return Draft.of(handle, lifetime, creations.of(new NewLease(how, name, lifetime.expiresAt())));
    }

    private Place place(Connection connection, boolean needsConfiguredLogin, long leaseNumber) {
        Optional<Connection.Learnt> learnt = connections.learnt(connection);
        if (learnt.isEmpty()) {
            return new Place("", "");
        }
        List<Connection.Login> logins = learnt.get().logins();
        int used = Math.min(logins.size(), connection.mintingLogins());
        if (used == 0 || needsConfiguredLogin) {
            return new Place(learnt.get().identity(), "");
        }
        int sideBySide = Math.min(Math.min(connection.maxOpenConnections(), MOST_SIDE_BY_SIDE), used);
        long turn = leaseNumber / ((long) TURN * sideBySide);
        int login = Math.floorMod(turn * sideBySide + leaseNumber % sideBySide, used);
        return new Place(learnt.get().identity(), logins.get(login).name());
    }

    private List<Credentials> create(List<NewLease> leases, Deadline deadline) throws Exception {
        How how = leases.get(0).how();
        passwords.check(how.passwordPolicy(), how.creation().scramIterations());
        OpenDatabase open = connections.of(how.connection());
        Place place = how.place();
        if (place.identity().isEmpty()) {
            place = new Place(
                    connections
                            .learn(how.connection(), open.database(), deadline)
                            .identity(),
                    place.login());
        }
        List<NewUser> users = new ArrayList<>();
        List<Credentials> answers = new ArrayList<>();
        for (NewLease lease : leases) {
            Secret password = passwords.draw(how.passwordPolicy());
            User user = new User(lease.name(), mount.lockKey(lease.name()));
            users.add(new NewUser(user, password, lease.expiresAt()));
            answers.add(Credentials.of(lease.name(), password, open.endpoint()));
        }
        open.database().create(place, how.creation(), users, deadline);
        return answers;
    }
}
