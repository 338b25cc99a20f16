package io.daypass.engine.mysql;

import io.daypass.engine.sql.Placeholders;
import io.daypass.engine.sql.Pool;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.EngineException;
import io.daypass.plugin.Refused;
import io.daypass.plugin.Secret;
import io.daypass.plugin.Unavailable;
import io.daypass.plugin.database.PasswordChange;
import io.daypass.plugin.database.Place;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Changes passwords, and tries them. A change commits by itself, so that it can't be undone by the server: what the
 * operator's statements have done wrong is put right by another one, through the session that is still there.
 */
final class PasswordChanges {
    private static final int ACCESS_DENIED = 1045;

    /** The password is right, and lets nobody in: the account is locked, here and there, or it has run out. */
    private static final Set<Integer> SHUT = Set.of(3118, 4151, 1820, 1862, 3955);

    /** What the server found after the password: no right to this database, or no such database. */
    private static final Set<Integer> AFTER_THE_PASSWORD = Set.of(1044, 1049);

    private final Pool<Session> pool;
    private final Opener opener;
    private final String configured;

    /** @param configured the broker's login */
    PasswordChanges(Pool<Session> pool, Opener opener, String configured) {
        this.pool = pool;
        this.opener = opener;
        this.configured = configured;
    }

    /** What became of a login. */
    private enum Answer {
        IN,
        WRONG,
        SHUT
    }

    void set(Place place, PasswordChange change, Deadline deadline) throws SQLException {
        RoleSql own = RoleSql.of(change.statements());
        pool.with("", deadline, session -> {
            Mark.mustBe(place.identity(), session);
            Fence fence = new Fence(session, configured, List.of(change.user()));
            fence.takeFromAnyone(deadline);
            mustBeInTime(session, deadline);
            PasswordSql usual = usual(session, change, deadline);
            usual.mustHavePasswords();
            if (own.statements().isEmpty()) {
                session.run(usual.text(change.password(), ""), deadline);
            } else {
                runOwn(session, own, usual, change, deadline);
            }
            mustLetIn(session, usual, change, deadline);
            MySqlDatabase.release(fence, session, own, deadline);
            return change;
        });
    }

    /** By the server's clock, whatever the clocks say, under the lock. */
    private static void mustBeInTime(Session session, Deadline deadline) throws SQLException {
        Instant fence = deadline.at().plus(session.serverClock().skew());
        if (session.now(deadline).isAfter(fence)) {
            throw new Unavailable("the deadline for changing this password has passed by the clock of the server");
        }
    }

    private static PasswordSql usual(Session session, PasswordChange change, Deadline deadline) throws SQLException {
        List<List<String>> rows = session.rows(PasswordSql.query(change.user().name()), deadline);
        return PasswordSql.of(rows, session.facts().isMariaDb());
    }

    private void runOwn(Session session, RoleSql own, PasswordSql usual, PasswordChange change, Deadline deadline)
            throws SQLException {
        String name = change.user().name();
        Map<String, String> values = Map.of(
                Placeholders.NAME,
                name,
                Placeholders.USERNAME,
                name,
                Placeholders.PASSWORD,
                change.password().reveal());
        try {
            for (RoleStatement each : own.statements()) {
                for (String sql : UserList.filled(each, List.of(values))) {
                    session.run(sql, deadline);
                }
            }
        } catch (SQLException e) {
            if (!SqlErrors.isRefusal(e)) {
                throw e;
            }
            EngineException refused = SqlErrors.sorted(e, secrets(change));
            throw new Refused(refused.getMessage() + "; " + putRight(session, usual, change, "", deadline));
        }
    }

    private void mustLetIn(Session session, PasswordSql usual, PasswordChange change, Deadline deadline)
            throws SQLException {
        Answer answer;
        try {
            answer = answer(session, change.user().name(), change.password(), deadline);
        } catch (Unavailable e) {
            // It can't be told: what the server has acknowledged counts.
            return;
        }
        if (answer == Answer.IN) {
            return;
        }
        if (change.statements().isEmpty()) {
            throw new Refused("the account is locked, or has run out, so that no password lets its user in");
        }
        String unlocking = answer == Answer.SHUT ? " ACCOUNT UNLOCK" : "";
        throw new Refused("the user is not let in after the rotation statements; "
                + putRight(session, usual, change, unlocking, deadline));
    }

    /** The previous password where it is known, else the new one: either is one that is written down. */
    private String putRight(Session session, PasswordSql usual, PasswordChange change, String more, Deadline deadline)
            throws SQLException {
        Secret password = change.previous().orElse(change.password());
        session.run(usual.text(password, more), deadline);
        return change.previous().isPresent()
                ? "the previous password was put back"
                : "the password was set without them";
    }

    /** The same, for whoever doesn't know whether a session of the configured login can be had. */
    boolean accepts(Place place, String login, Secret password, Deadline deadline) throws SQLException {
        Optional<Answer> answer = tried(place, login, password, deadline);
        if (answer.equals(Optional.of(Answer.WRONG)) && !login.equals(configured)) {
            return pool.with("", deadline, session -> {
                Mark.mustBe(place.identity(), session);
                mustComeFromHere(session, login, deadline);
                return false;
            });
        }
        if (answer.equals(Optional.of(Answer.SHUT))) {
            throw new Unavailable("the account is locked, or has run out, so that its password can't be tried");
        }
        return answer.equals(Optional.of(Answer.IN));
    }

    private Answer answer(Session session, String login, Secret password, Deadline deadline) throws SQLException {
        Answer answer = tried(new Place("", ""), login, password, deadline).orElse(Answer.WRONG);
        if (answer == Answer.WRONG) {
            mustComeFromHere(session, login, deadline);
        }
        return answer;
    }

    private Optional<Answer> tried(Place place, String login, Secret password, Deadline deadline) {
        try {
            opener.tryLogin(login, password, place.identity(), deadline);
            return Optional.of(Answer.IN);
        } catch (SQLException e) {
            if (e.getErrorCode() == ACCESS_DENIED) {
                return Optional.of(Answer.WRONG);
            }
            if (AFTER_THE_PASSWORD.contains(e.getErrorCode())) {
                return Optional.of(Answer.IN);
            }
            if (SHUT.contains(e.getErrorCode())) {
                return Optional.of(Answer.SHUT);
            }
            throw SqlErrors.notOpened(e);
        }
    }

    /**
     * The server says the same to a wrong password as to a user who may not come from here.
     *
     * @throws Unavailable if no account of the user is for where we come from
     */
    private static void mustComeFromHere(Session session, String login, Deadline deadline) throws SQLException {
        String hosts = "SELECT 1 FROM mysql.user WHERE User = " + Sql.text(login)
                + " AND SUBSTRING_INDEX(USER(), '@', -1) LIKE Host LIMIT 1";
        if (session.rows(hosts, deadline).isEmpty()) {
            throw new Unavailable(
                    "no account of " + login + " is for where Daypass comes from," + " so its password can't be tried");
        }
    }

    /** Texts that must be in no error. */
    static List<String> secrets(PasswordChange change) {
        return Stream.concat(Stream.of(change.password()), change.previous().stream())
                .flatMap(each -> Stream.of(each.reveal(), NativePassword.hash(each)))
                .filter(each -> !each.isEmpty())
                .toList();
    }
}
