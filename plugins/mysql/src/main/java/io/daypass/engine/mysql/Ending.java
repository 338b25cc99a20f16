package io.daypass.engine.mysql;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Unavailable;
import io.daypass.plugin.database.User;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends users: lets them log in no more, ends their sessions, takes their locks, drops them wherever they may come from,
 * and looks for sessions once more. It may be broken off and begun again at any point.
 *
 * <p>They are locked first, since that makes the end certain: whoever logs in later is refused, and a user can delay
 * nothing by holding its own lock, since its sessions are gone.
 */
final class Ending {
    private static final Logger LOG = LoggerFactory.getLogger(Ending.class);

    /** In a cluster no word of one server's is worth much: what failed is ended once more after so long. */
    private static final Duration QUARANTINE = Duration.ofHours(1);

    private final Session session;
    private final String configured;
    private final RoleSql own;
    private final List<User> users;
    private final Sweep sweep;

    /**
     * @param clock ours
     * @param configured the broker's login
     * @param own the role's statements for a user that is there
     */
    Ending(Session session, InstantSource clock, String configured, RoleSql own, List<User> users) {
        this.session = session;
        this.configured = configured;
        this.own = own;
        this.users = users;
        sweep = new Sweep(session, clock, users.stream().map(User::name).toList());
    }

    /**
     * @param mintDeadline what to ask under the lock whether it has passed; null: nothing is asked
     * @return whether it has
     */
    boolean run(@Nullable Instant mintDeadline, Deadline deadline) throws SQLException {
        mustSeeSessions();
        List<Account> accounts = Accounts.of(session, users, deadline);
        Accounts.lock(session, accounts, deadline);
        sweep.run(deadline);
        Fence fence = new Fence(session, configured, users);
        fence.takeFromAnyone(deadline);
        boolean passed = mintDeadline != null && hasPassed(mintDeadline, session.now(deadline));
        List<Account> now = Accounts.of(session, users, deadline);
        if (!accounts.containsAll(now)) {
            Accounts.lock(session, now, deadline);
            sweep.run(deadline);
        }
        runOwn(now, deadline);
        Accounts.drop(session, now, deadline);
        sweep.run(deadline);
        MySqlDatabase.release(fence, session, own, deadline);
        return passed;
    }

    /** Without the right to it the server shows no sessions but our own, as if there were no others. */
    private void mustSeeSessions() {
        if (!session.facts().seesSessions()) {
            throw new Unavailable("the login may not see sessions, so that nobody's can be ended: GRANT PROCESS to it");
        }
    }

    private boolean hasPassed(Instant mintDeadline, Instant there) {
        return there.isAfter(session.facts().clustered() ? mintDeadline.plus(QUARANTINE) : mintDeadline);
    }

    /**
     * The role's own statements, for a user that is there. After a creation that broke off they may find less than they
     * want to take away; a refusal of theirs keeps nobody's access alive.
     */
    private void runOwn(List<Account> accounts, Deadline deadline) throws SQLException {
        for (User user : users) {
            if (accounts.stream().anyMatch(each -> each.user().equals(user.name()))) {
                runOwn(user, deadline);
            }
        }
    }

    private void runOwn(User user, Deadline deadline) throws SQLException {
        for (RoleStatement each : own.statements()) {
            try {
                for (String sql : UserList.filled(each, List.of(Values.of(user)))) {
                    session.run(sql, deadline);
                }
            } catch (SQLException e) {
                if (!SqlErrors.isRefusal(e)) {
                    throw e;
                }
                LOG.atWarn()
                        .addKeyValue("user", user.name())
                        .addKeyValue("error", SqlErrors.text(e, List.of()))
                        .log("a revocation statement was refused; the user is dropped all the same");
            }
        }
    }
}
