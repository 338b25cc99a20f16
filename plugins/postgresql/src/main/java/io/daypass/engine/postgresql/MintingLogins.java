package io.daypass.engine.postgresql;

import io.daypass.engine.sql.Pool;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Secret;
import io.daypass.plugin.Unavailable;
import io.daypass.plugin.database.MintingLogin;
import io.daypass.plugin.database.Place;
import io.daypass.plugin.database.Sources;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The logins that create users beside the configured one, from PostgreSQL 16 on: there a login is a member of every user
 * it has made, and each CREATE and each DROP of it pays for all of them, while users of another login cost it nothing.
 *
 * <p>The configured login makes them when they are first needed, and gives them what they need to give away.
 */
final class MintingLogins {
    private static final int ITERATIONS = 4096;

    private final Pool<Session> pool;
    private final Sources sources;
    private final Map<String, Secret> passwords = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> ready = new ConcurrentHashMap<>();
    private final ReentrantLock making = new ReentrantLock();

    MintingLogins(Pool<Session> pool, Sources sources, List<MintingLogin> logins) {
        this.pool = pool;
        this.sources = sources;
        logins.forEach(login -> passwords.put(login.name(), login.password()));
    }

    /**
     * Makes the login of a place if there is none, and lets it grant these groups.
     *
     * @param place without a login: the configured one, which is as it is
     * @throws Unavailable if this is another database than that of the place, where nothing is made
     */
    void ready(Place place, Collection<String> groups, Deadline deadline) throws SQLException {
        String login = place.login();
        if (login.isEmpty() || isReady(login, groups)) {
            return;
        }
        lock(deadline);
        try {
            if (!isReady(login, groups)) {
                make(place, groups, deadline);
            }
        } finally {
            making.unlock();
        }
    }

    /** Forgets that a login was made: it doesn't get in. */
    void forget(String login) {
        ready.remove(login);
    }

    private boolean isReady(String login, Collection<String> groups) {
        Set<String> granted = ready.get(login);
        return granted != null && granted.containsAll(groups);
    }

    private void make(Place place, Collection<String> groups, Deadline deadline) throws SQLException {
        String login = place.login();
        Secret password = passwords.get(login);
        if (password == null) {
            throw new Unavailable("the login " + login + " is not known here any more; only it can end its users");
        }
        byte[] salt = sources.random().apply(ScramVerifier.SALT_BYTES);
        String sql = sql(login, ScramVerifier.of(password, salt, ITERATIONS), groups);
        pool.with("", deadline, session -> {
            session.mustBe(place.identity());
            return Collisions.retried(deadline, () -> session.run(sql, deadline));
        });
        Set<String> granted = new HashSet<>(ready.getOrDefault(login, Set.of()));
        granted.addAll(groups);
        ready.put(login, granted);
    }

    private static String sql(String login, String verifier, Collection<String> groups) {
        String name = Sql.name(login);
        StringBuilder sql = new StringBuilder("BEGIN\nIF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = ");
        sql.append(Sql.text(login))
                .append("::pg_catalog.name) THEN\nALTER ROLE ")
                .append(name)
                .append(" LOGIN PASSWORD ")
                .append(Sql.text(verifier))
                .append(";\nELSE\nCREATE ROLE ")
                .append(name)
                .append(" LOGIN CREATEROLE NOINHERIT PASSWORD ")
                .append(Sql.text(verifier))
                .append(";\nCOMMENT ON ROLE ")
                .append(name)
                .append(" IS 'Daypass creates users through this login';\nEND IF;\n");
        sql.append("BEGIN GRANT pg_signal_backend TO ")
                .append(name)
                .append(" WITH INHERIT TRUE; EXCEPTION WHEN insufficient_privilege THEN NULL; END;\n");
        for (String group : groups) {
            sql.append("GRANT ")
                    .append(Sql.name(group))
                    .append(" TO ")
                    .append(name)
                    .append(" WITH ADMIN TRUE, INHERIT FALSE, SET FALSE;\n");
        }
        return Sql.block(sql.append("END ").toString());
    }

    private void lock(Deadline deadline) {
        try {
            if (!making.tryLock(deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new Unavailable("a login that creates users was not ready before the deadline");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted while waiting for a login to be made", e);
        }
    }
}
