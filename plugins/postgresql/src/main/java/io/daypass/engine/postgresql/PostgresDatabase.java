package io.daypass.engine.postgresql;

import io.daypass.engine.sql.Attempt;
import io.daypass.engine.sql.Pool;
import io.daypass.engine.sql.Watchdog;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Secret;
import io.daypass.plugin.database.Creation;
import io.daypass.plugin.database.Database;
import io.daypass.plugin.database.DatabaseConfig;
import io.daypass.plugin.database.MintingLogin;
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
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The users of one PostgreSQL database. Each call is one message to the server, but for what is said beside it. */
final class PostgresDatabase implements Database {
    private static final String USERS = "SELECT pg_catalog.array_agg(rolname::text) FROM pg_catalog.pg_roles";

    private final DatabaseConfig config;
    private final Sources sources;
    private final Watchdog watchdog;
    private final Pool<Session> pool;
    private final PasswordChanges passwords;
    private final MintingLogins logins;
    private final List<String> ours;

    PostgresDatabase(DatabaseConfig config, ConnectionUrl url, Sources sources) {
        this.config = config;
        this.sources = sources;
        watchdog = new Watchdog("postgresql-watchdog-" + url.database());
        Opener opener = new Opener(config, url, watchdog, sources.clock());
        pool = new Pool<>(
                opener,
                SqlStates::endsSession,
                sources.clock(),
                config.maxOpen(),
                config.maxIdle(),
                config.maxLifetime());
        passwords = new PasswordChanges(pool, opener, sources);
        logins = new MintingLogins(pool, sources, config.mintingLogins());
        ours = Stream.concat(
                        Stream.of(config.username()),
                        config.mintingLogins().stream().map(MintingLogin::name))
                .toList();
    }

    @Override
    public Target target(Deadline deadline) {
        return sorted(
                List.of(),
                () -> pool.with("", deadline, session -> {
                    Facts facts = session.facts();
                    return new Target(
                            facts.identity(),
                            facts.version(),
                            facts.paysForUsers(),
                            Rights.missing(facts, session.serverClock().skew()));
                }));
    }

    @Override
    public void create(Place place, Creation creation, List<NewUser> users, Deadline deadline) {
        List<String> verifiers = users.stream()
                .map(user -> ScramVerifier.of(
                        user.password(), sources.random().apply(ScramVerifier.SALT_BYTES), creation.scramIterations()))
                .toList();
        String sql = MintSql.of(creation, users, verifiers, deadline.at());
        sorted(
                secret(users, verifiers),
                () -> as(place, creation.groups(), deadline, session -> {
                    session.serverClock().mustAgree(deadline);
                    return Collisions.retried(deadline, () -> session.run(sql, deadline));
                }));
    }

    @Override
    public void extend(Place place, User user, List<String> renewal, Instant until, Deadline deadline) {
        String sql = ExtendSql.of(user, renewal, until);
        sorted(
                List.of(),
                () -> as(
                        place,
                        List.of(),
                        deadline,
                        session -> Collisions.retried(deadline, () -> session.run(sql, deadline))));
    }

    @Override
    public void drop(Place place, Removal removal, List<User> users, Deadline deadline) {
        end(place, removal, users, null, deadline);
    }

    @Override
    public boolean settle(Place place, Removal removal, User user, Instant mintDeadline, Deadline deadline) {
        return end(place, removal, List.of(user), mintDeadline, deadline).contains(RevokeSql.FINAL + "t");
    }

    @Override
    public List<String> users(Place place, Deadline deadline) {
        return sorted(
                List.of(),
                () -> as(
                        place,
                        List.of(),
                        deadline,
                        session -> session.query(
                                USERS,
                                deadline,
                                row -> List.of((String[]) row.getArray(1).getArray()))));
    }

    @Override
    public void setPassword(Place place, PasswordChange change, Deadline deadline) {
        String verifier = passwords.verifier(change.password(), change.scramIterations());
        sorted(List.of(verifier, change.password().reveal()), () -> {
            passwords.set(place, change, verifier, deadline);
            return change;
        });
    }

    @Override
    public boolean accepts(Place place, String login, Secret password, Deadline deadline) {
        return sorted(List.of(password.reveal()), () -> passwords.accepts(place, login, password, deadline));
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

    private List<String> end(
            Place place, Removal removal, List<User> users, @Nullable Instant mintDeadline, Deadline deadline) {
        try {
            return ended(place, removal, users, mintDeadline, deadline);
        } catch (SQLException e) {
            throw SqlStates.whyNotDropped(e);
        }
    }

    /**
     * Where a user owns something and another login than the configured one has made it, this takes three messages: it is
     * left for the configured login, which disowns it, and then ended.
     */
    private List<String> ended(
            Place place, Removal removal, List<User> users, @Nullable Instant mintDeadline, Deadline deadline)
            throws SQLException {
        RevokeSql.Owners first = place.login().isEmpty() ? RevokeSql.Owners.DISOWN : RevokeSql.Owners.LEAVE;
        List<String> notices = sent(place, removal, deadline, revoke -> revoke.of(users, first, mintDeadline));
        List<String> owners = notices.stream()
                .filter(notice -> notice.startsWith(RevokeSql.OWNER))
                .map(notice -> notice.substring(RevokeSql.OWNER.length()))
                .toList();
        if (owners.isEmpty()) {
            return notices;
        }
        Place configured = new Place(place.identity(), "");
        sent(configured, removal, deadline, revoke -> revoke.disown(owners));
        return sent(place, removal, deadline, revoke -> revoke.of(users, RevokeSql.Owners.DROP, mintDeadline));
    }

    private List<String> sent(Place place, Removal removal, Deadline deadline, Function<RevokeSql, String> text)
            throws SQLException {
        return as(place, List.of(), deadline, session -> {
            String sql = text.apply(new RevokeSql(removal, session.facts(), config.username(), ours));
            boolean hasStatements = !removal.statements().isEmpty();
            if (hasStatements) {
                session.soil();
            }
            List<String> notices = Collisions.retried(deadline, () -> session.run(sql, deadline));
            if (hasStatements) {
                // Not in the same message: a block that commits must be alone in its own.
                session.clean(deadline);
            }
            return notices;
        });
    }

    /** Works as the login of a place, which is made, or made anew, if it doesn't get in. */
    private <T> T as(Place place, Collection<String> groups, Deadline deadline, Pool.Work<Session, T> work)
            throws SQLException {
        Pool.Work<Session, T> there = session -> {
            session.mustBe(place.identity());
            return work.with(session);
        };
        if (!groups.isEmpty()) {
            logins.ready(place, groups, deadline);
        }
        try {
            return pool.with(place.login(), deadline, there);
        } catch (SQLException e) {
            if (place.login().isEmpty() || !SqlStates.isLoginRefused(e)) {
                throw e;
            }
            logins.forget(place.login());
            logins.ready(place, groups, deadline);
            return pool.with(place.login(), deadline, there);
        }
    }

    private static <T> T sorted(List<String> secrets, Attempt<T> call) {
        try {
            return call.once();
        } catch (SQLException e) {
            throw SqlStates.sorted(e, secrets);
        }
    }

    /** The texts that must be in no error. */
    private static List<String> secret(List<NewUser> users, List<String> verifiers) {
        return Stream.concat(
                        verifiers.stream(),
                        users.stream().map(user -> user.password().reveal()))
                .toList();
    }
}
