package io.daypass.engine.mysql;

import io.daypass.engine.sql.Attempt;
import io.daypass.engine.sql.Pool;
import io.daypass.engine.sql.Watchdog;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Refused;
import io.daypass.plugin.Secret;
import io.daypass.plugin.database.Creation;
import io.daypass.plugin.database.Database;
import io.daypass.plugin.database.DatabaseConfig;
import io.daypass.plugin.database.NewUser;
import io.daypass.plugin.database.PasswordChange;
import io.daypass.plugin.database.Place;
import io.daypass.plugin.database.Removal;
import io.daypass.plugin.database.Sources;
import io.daypass.plugin.database.Target;
import io.daypass.plugin.database.User;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The users of one server. Every statement about users commits by itself, so that what is broken off leaves a part, which
 * {@link #drop} finds whichever it is.
 */
final class MySqlDatabase implements Database {
    private final DatabaseConfig config;
    private final int longestName;
    private final Sources sources;
    private final Watchdog watchdog;
    private final Pool<Session> pool;
    private final PasswordChanges passwords;

    /** @param longestName of a user, which this connection's plugin allows for */
    MySqlDatabase(DatabaseConfig config, ConnectionUrl url, SslMode mode, int longestName, Sources sources) {
        this.config = config;
        this.longestName = longestName;
        this.sources = sources;
        watchdog = new Watchdog("mysql-watchdog-" + url.host());
        Opener opener = new Opener(config, url, mode, watchdog, sources.clock());
        pool = new Pool<>(
                opener,
                SqlErrors::endsSession,
                sources.clock(),
                config.maxOpen(),
                config.maxIdle(),
                config.maxLifetime());
        passwords = new PasswordChanges(pool, opener, config.username());
    }

    @Override
    public Target target(Deadline deadline) {
        return sorted(() -> pool.with("", deadline, session -> {
            Facts facts = session.facts();
            return new Target(
                    session.ownMark(sources.random(), deadline),
                    facts.version(),
                    false,
                    Rights.missing(facts, longestName, session.serverClock().skew()));
        }));
    }

    @Override
    public void create(Place place, Creation creation, List<NewUser> users, Deadline deadline) {
        Creating creating = new Creating(RoleSql.of(creation.statements()), users, config.username());
        sorted(() -> in(place, deadline, session -> {
            creating.run(session, deadline);
            return users;
        }));
    }

    @Override
    public void extend(Place place, User user, List<String> renewal, Instant until, Deadline deadline) {
        RoleSql statements = RoleSql.of(renewal);
        Map<String, String> values = Values.of(user, until);
        sorted(() -> in(place, deadline, session -> {
            Fence fence = new Fence(session, config.username(), List.of(user));
            fence.take(deadline);
            boolean isThere = !Accounts.of(session, List.of(user), deadline).isEmpty();
            if (isThere) {
                for (RoleStatement each : statements.statements()) {
                    for (String sql : UserList.filled(each, List.of(values))) {
                        session.run(sql, deadline);
                    }
                }
            }
            release(fence, session, statements, deadline);
            if (!isThere) {
                throw new Refused("there is no user " + user.name() + " to extend");
            }
            return user;
        }));
    }

    @Override
    public void drop(Place place, Removal removal, List<User> users, Deadline deadline) {
        end(place, removal, users, null, deadline);
    }

    @Override
    public boolean settle(Place place, Removal removal, User user, Instant mintDeadline, Deadline deadline) {
        return end(place, removal, List.of(user), mintDeadline, deadline);
    }

    private boolean end(
            Place place, Removal removal, List<User> users, @Nullable Instant mintDeadline, Deadline deadline) {
        RoleSql own = RoleSql.of(removal.statements());
        return sorted(() -> in(
                place,
                deadline,
                session -> new Ending(session, sources.clock(), config.username(), own, users)
                        .run(mintDeadline, deadline)));
    }

    @Override
    public List<String> users(Place place, Deadline deadline) {
        return sorted(() -> in(
                place,
                deadline,
                session -> session.rows("SELECT DISTINCT User FROM mysql.user", deadline).stream()
                        .map(row -> row.get(0))
                        .toList()));
    }

    @Override
    public void setPassword(Place place, PasswordChange change, Deadline deadline) {
        try {
            passwords.set(place, change, deadline);
        } catch (SQLException e) {
            throw SqlErrors.sorted(e, PasswordChanges.secrets(change));
        }
    }

    @Override
    public boolean accepts(Place place, String login, Secret password, Deadline deadline) {
        return sorted(() -> passwords.accepts(place, login, password, deadline));
    }

    @Override
    public Optional<Duration> clockAhead() {
        return pool.clockAhead();
    }

    @Override
    public void close() {
        pool.close();
        watchdog.close();
    }

    /** Gives locks back; a session in which statements may have left something is not used again. */
    static void release(Fence fence, Session session, RoleSql statements, Deadline deadline) throws SQLException {
        fence.release(deadline);
        if (!statements.leavesNothing()) {
            session.soil();
        }
    }

    private <T> T in(Place place, Deadline deadline, Pool.Work<Session, T> work) throws SQLException {
        return pool.with(place.login(), deadline, session -> {
            Mark.mustBe(place.identity(), session);
            return work.with(session);
        });
    }

    private static <T> T sorted(Attempt<T> call) {
        try {
            return call.once();
        } catch (SQLException e) {
            throw SqlErrors.sorted(e, List.of());
        }
    }
}
