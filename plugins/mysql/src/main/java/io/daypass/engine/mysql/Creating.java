package io.daypass.engine.mysql;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Refused;
import io.daypass.plugin.Unavailable;
import io.daypass.plugin.database.NewUser;
import io.daypass.plugin.database.User;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Creates users: under their locks, and only if the deadline has not passed by the server's clock, which is asked after
 * the locks were taken. If the server refuses a statement, what the ones before it have made is dropped again.
 */
final class Creating {
    private final RoleSql statements;
    private final List<NewUser> users;
    private final String configured;
    private final List<Account> accounts;
    private final List<String> secrets;

    /** @param configured the broker's login */
    Creating(RoleSql statements, List<NewUser> users, String configured) {
        this.statements = statements;
        this.users = users;
        this.configured = configured;
        accounts = users.stream()
                .flatMap(user -> statements.hosts().stream()
                        .map(host -> new Account(user.user().name(), host)))
                .toList();
        secrets = users.stream().map(user -> user.password().reveal()).toList();
    }

    /**
     * @throws Refused if the server does, and nothing is left
     * @throws Unavailable if something may be left
     */
    void run(Session session, Deadline deadline) throws SQLException {
        session.serverClock().mustAgree(deadline);
        Rights.mustEndSessions(session.facts());
        List<User> locked = users.stream().map(NewUser::user).toList();
        Fence fence = new Fence(session, configured, locked);
        fence.take(deadline);
        mustBeInTime(session.now(deadline), deadline);
        mustBeNew(session.rows(Accounts.among(accounts), deadline));
        create(session, deadline);
        mustBeThere(session, deadline);
        MySqlDatabase.release(fence, session, statements, deadline);
    }

    private static void mustBeInTime(Instant there, Deadline deadline) {
        if (there.isAfter(deadline.at())) {
            throw new Unavailable("the deadline for creating this user has passed by the clock of the server");
        }
    }

    /** What is there already is somebody else's, and would be dropped with what a refusal leaves. */
    private static void mustBeNew(List<List<String>> there) {
        if (!there.isEmpty()) {
            throw new Refused("there is a user " + there.get(0).get(0) + " already");
        }
    }

    private void create(Session session, Deadline deadline) throws SQLException {
        List<Map<String, String>> values = users.stream().map(Values::of).toList();
        try {
            for (RoleStatement each : statements.statements()) {
                for (String sql : UserList.filled(each, values)) {
                    session.run(sql, deadline);
                }
            }
        } catch (SQLException e) {
            if (!SqlErrors.isRefusal(e)) {
                throw SqlErrors.unfinished(e, secrets);
            }
            leaveNothing(session, deadline);
            throw SqlErrors.sorted(e, secrets);
        }
    }

    private void mustBeThere(Session session, Deadline deadline) throws SQLException {
        long there = session.rows(Accounts.among(accounts), deadline).stream()
                .map(row -> row.get(0))
                .distinct()
                .count();
        if (there < users.size()) {
            leaveNothing(session, deadline);
            throw new Refused("the creation statements made no user {{name}}");
        }
    }

    private void leaveNothing(Session session, Deadline deadline) {
        try {
            Accounts.drop(session, accounts, deadline);
        } catch (SQLException e) {
            throw SqlErrors.unfinished(e, secrets);
        }
    }
}
