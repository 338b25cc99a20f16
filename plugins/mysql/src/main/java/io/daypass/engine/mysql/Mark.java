package io.daypass.engine.mysql;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Unavailable;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * What a server is known by: an account without rights that nobody can use, whose name is drawn by chance. It goes with
 * the data, wherever that is moved, copied or replicated to, which nothing does that a server says of itself: MySQL's
 * {@code server_uuid} is another on each replica, and MariaDB's {@code server_uid} is made of the port and of the network
 * card's address, so that it changes with each container, and isn't in all of its versions.
 */
final class Mark {
    private static final String BEGINS = "daypass-server-";
    private static final String HOST = "localhost";
    private static final int BYTES = 8;
    /** Nobody makes a second one meanwhile. */
    private static final String LOCK = "'daypass-server-mark'";

    private static final int WAIT_SECONDS = 5;

    private Mark() {}

    /** The mark of the server, if it has one; of several the first, which is the same for whoever looks. */
    static Optional<String> of(Session session, Deadline deadline) throws SQLException {
        String marks = "SELECT User FROM mysql.user WHERE Host = " + Sql.text(HOST) + " AND User LIKE "
                + Sql.text(BEGINS + "%") + " ORDER BY User LIMIT 1";
        List<List<String>> rows = session.rows(marks, deadline);
        return rows.stream().map(row -> row.get(0).substring(BEGINS.length())).findFirst();
    }

    /** The mark of the server, which is made if there is none. */
    static String ofOrMade(Session session, IntFunction<byte[]> random, Deadline deadline) throws SQLException {
        Optional<String> there = of(session, deadline);
        if (there.isPresent()) {
            return there.get();
        }
        session.soil();
        String locked = "SELECT GET_LOCK(" + LOCK + ", " + WAIT_SECONDS + ")";
        if (!session.rows(locked, deadline).get(0).get(0).equals("1")) {
            throw new Unavailable("somebody else is giving this server its mark");
        }
        String mark = made(session, random, deadline);
        session.rows("SELECT RELEASE_LOCK(" + LOCK + ")", deadline);
        session.clean();
        return mark;
    }

    private static String made(Session session, IntFunction<byte[]> random, Deadline deadline) throws SQLException {
        Optional<String> there = of(session, deadline);
        if (there.isPresent()) {
            return there.get();
        }
        String mark = HexFormat.of().formatHex(random.apply(BYTES));
        // Locked, and with a password that nobody knows, in case that somebody unlocks it.
        String password = "Mk-" + HexFormat.of().formatHex(random.apply(BYTES + BYTES));
        session.run(
                "CREATE USER " + Sql.accounts(List.of(new Account(BEGINS + mark, HOST))) + " IDENTIFIED BY "
                        + Sql.text(password) + " ACCOUNT LOCK",
                deadline);
        return mark;
    }

    /**
     * Refuses to work in another server than the one that was meant.
     *
     * @param identity empty: any
     * @throws Unavailable if it is another
     */
    static void mustBe(String identity, Session session) {
        String here = session.mark().orElse("");
        if (!identity.isEmpty() && !identity.equals(here)) {
            throw new Unavailable("this connection now leads to another server ("
                    + (here.isEmpty() ? "one without a mark" : here) + ") than the one its users live in (" + identity
                    + "), which has an account '" + BEGINS + identity + "'@'" + HOST + "'");
        }
    }
}
