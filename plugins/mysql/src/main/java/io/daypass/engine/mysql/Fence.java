package io.daypass.engine.mysql;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Unavailable;
import io.daypass.plugin.database.User;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The locks of users: whoever creates or ends a user holds its lock. The session that creates it has the lock from before
 * it asks for the time to its own end, so that whoever has the lock later knows that no creation is under way any more;
 * a session that was killed, or whose connection broke, still has it until its last statement is over.
 *
 * <p>They are locks of one server: in a cluster they fence nothing.
 */
final class Fence {
    private static final int PATIENCE_SECONDS = 2;
    private static final int LAST_WAIT_SECONDS = 5;

    private final Session session;
    private final String configured;
    private final List<String> locks;

    /**
     * @param session that is to hold the locks
     * @param configured the broker's login
     */
    Fence(Session session, String configured, List<User> users) {
        this.session = session;
        this.configured = configured;
        // In one order, whoever takes several.
        locks = users.stream()
                .map(User::lockKey)
                .sorted()
                .map(key -> String.format(Locale.ROOT, "'daypass-%016x'", key))
                .toList();
    }

    /**
     * Takes the locks, if nobody has one of them.
     *
     * @throws Unavailable if somebody has
     */
    void take(Deadline deadline) throws SQLException {
        session.soil();
        if (!missing(locks, 0, deadline).isEmpty()) {
            throw new Unavailable("somebody is at work with this user: its lock is held");
        }
    }

    /**
     * Takes the locks, waits a while for a creation that is under way, and ends whoever still has one then: a broker that
     * was paused in the middle, for instance. A stranger, who has no use for it, isn't waited for.
     *
     * @throws Unavailable if a holder doesn't end
     */
    void takeFromAnyone(Deadline deadline) throws SQLException {
        session.soil();
        List<String> held = missing(locks, 0, deadline);
        if (held.isEmpty()) {
            return;
        }
        endHolders(held, false, deadline);
        held = missing(held, PATIENCE_SECONDS, deadline);
        if (held.isEmpty()) {
            return;
        }
        endHolders(held, true, deadline);
        if (!missing(held, LAST_WAIT_SECONDS, deadline).isEmpty()) {
            throw new Unavailable("the lock of a user is held by a session that doesn't end");
        }
    }

    /**
     * Gives the locks back.
     *
     * @throws Unavailable if not all were held to the end
     */
    void release(Deadline deadline) throws SQLException {
        String sum = locks.stream().map(lock -> "RELEASE_LOCK(" + lock + ")").collect(Collectors.joining(" + "));
        String released =
                session.rows("SELECT COALESCE(" + sum + ", 0)", deadline).get(0).get(0);
        if (!released.equals(String.valueOf(locks.size()))) {
            throw new Unavailable("the lock of a user was not held to the end");
        }
        session.clean();
    }

    /** Takes locks, and waits so long for each. */
    private List<String> missing(List<String> wanted, int seconds, Deadline deadline) throws SQLException {
        int most = (int) Math.min(seconds, deadline.left().toSeconds());
        List<String> taken = columns(wanted, i -> "GET_LOCK(" + wanted.get(i) + ", " + most + ")", deadline);
        return filtered(wanted, i -> !taken.get(i).equals("1"));
    }

    private void endHolders(List<String> held, boolean oursToo, Deadline deadline) throws SQLException {
        List<String> holders = columns(held, i -> "IS_USED_LOCK(" + held.get(i) + ")", deadline);
        for (String holder : holders) {
            if (holder.isEmpty()) {
                continue;
            }
            String user = "SELECT USER FROM information_schema.PROCESSLIST WHERE ID = " + holder;
            boolean isOurs = session.rows(user, deadline).contains(List.of(configured));
            if (oursToo || !isOurs) {
                Sweep.kill(session, holder, deadline);
            }
        }
    }

    private List<String> columns(List<String> of, IntFunction<String> column, Deadline deadline) throws SQLException {
        String columns = IntStream.range(0, of.size()).mapToObj(column).collect(Collectors.joining(", "));
        return session.rows("SELECT " + columns, deadline).get(0);
    }

    private static List<String> filtered(List<String> texts, IntPredicate wanted) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            if (wanted.test(i)) {
                found.add(texts.get(i));
            }
        }
        return found;
    }
}
