package io.daypass.engine.postgresql;

import io.daypass.engine.sql.Pool;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Invalid;
import io.daypass.plugin.Refused;
import io.daypass.plugin.Secret;
import io.daypass.plugin.Unavailable;
import io.daypass.plugin.database.PasswordChange;
import io.daypass.plugin.database.Place;
import io.daypass.plugin.database.Sources;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** Changes passwords, and tries them. */
final class PasswordChanges {
    private static final String WRONG_PASSWORD = "28P01";

    /** What is found wrong only after the password was found right: no right to connect, or no such database. */
    private static final Set<String> AFTER_THE_PASSWORD = Set.of("42501", "3D000", "55000");

    private static final int GUESS_BYTES = 16;

    private final Pool<Session> pool;
    private final Opener opener;
    private final Sources sources;

    PasswordChanges(Pool<Session> pool, Opener opener, Sources sources) {
        this.pool = pool;
        this.opener = opener;
        this.sources = sources;
    }

    /** The verifier that is sent in place of a password. */
    String verifier(Secret password, int iterations) {
        return ScramVerifier.of(password, sources.random().apply(ScramVerifier.SALT_BYTES), iterations);
    }

    /**
     * Changes it, and tries it while the session that changed it is still there: if the role is the configured login, no
     * other gets in any more.
     *
     * @param verifier of the new password
     */
    void set(Place place, PasswordChange change, String verifier, Deadline deadline) throws SQLException {
        pool.with("", deadline, session -> {
            session.mustBe(place.identity());
            // Whatever the clocks say: by the server's, this is when our deadline passes.
            Instant fence = deadline.at().plus(session.serverClock().skew());
            String sql = RotateSql.of(change, verifier, fence);
            Collisions.retried(deadline, () -> session.run(sql, deadline));
            if (isWrong(place, change, deadline)) {
                throw putRight(session, change, verifier, fence, deadline);
            }
            return change;
        });
    }

    /** Where it can't be told, what PostgreSQL has committed counts. */
    private boolean isWrong(Place place, PasswordChange change, Deadline deadline) throws SQLException {
        try {
            return !accepts(place, change.user().name(), change.password(), deadline);
        } catch (Unavailable e) {
            return false;
        }
    }

    private Refused putRight(Session session, PasswordChange change, String verifier, Instant fence, Deadline deadline)
            throws SQLException {
        String known = verifierOfPrevious(change);
        String sql = RotateSql.usual(change, known.isEmpty() ? verifier : known, fence);
        Collisions.retried(deadline, () -> session.run(sql, deadline));
        return new Refused("PostgreSQL doesn't take the password that the rotation statements were given; "
                + (known.isEmpty() ? "it was set without them" : "the previous one was put back"));
    }

    /** Empty: it isn't known, or not one that a verifier can be made of. */
    private String verifierOfPrevious(PasswordChange change) {
        try {
            return change.previous()
                    .map(password -> verifier(password, change.scramIterations()))
                    .orElse("");
        } catch (Invalid e) {
            return "";
        }
    }

    /**
     * Logs in. Where it gets in, it tries again with a guess: a server that lets that in too doesn't ask for passwords.
     *
     * @return false only if PostgreSQL said that the password is wrong
     * @throws Unavailable if it can't be told
     */
    boolean accepts(Place place, String login, Secret password, Deadline deadline) throws SQLException {
        if (!letsIn(place, login, password, deadline)) {
            return false;
        }
        Secret guess = Secret.of(HexFormat.of().formatHex(sources.random().apply(GUESS_BYTES)));
        if (letsIn(place, login, guess, deadline)) {
            throw new Unavailable("PostgreSQL lets " + login + " in with any password from here (pg_hba.conf),"
                    + " so it can't be tried");
        }
        return true;
    }

    private boolean letsIn(Place place, String login, Secret password, Deadline deadline) throws SQLException {
        try {
            opener.tryLogin(login, password, place.identity(), deadline);
            return true;
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            if (state.equals(WRONG_PASSWORD)) {
                return false;
            }
            if (AFTER_THE_PASSWORD.contains(state)) {
                return true;
            }
            throw new Unavailable(String.valueOf(
                    SqlStates.sorted(e, List.of(password.reveal())).getMessage()));
        }
    }
}
