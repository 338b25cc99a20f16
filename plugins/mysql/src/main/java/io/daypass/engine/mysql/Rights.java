package io.daypass.engine.mysql;

import io.daypass.engine.sql.ServerClock;
import io.daypass.plugin.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a login lacks for the work. */
final class Rights {
    private Rights() {}

    /**
     * Said when a connection is written.
     *
     * @param longestName that this connection's plugin allows for
     * @param skew how far the server's clock is ahead of ours
     */
    static List<String> missing(Facts facts, int longestName, Duration skew) {
        List<String> warnings = new ArrayList<>();
        if (!facts.createsUsers()) {
            warnings.add("the login may not create users: GRANT CREATE USER ON *.* TO it");
        }
        if (!facts.seesSessions() || !facts.endsSessions()) {
            warnings.add(sessionsMissing(facts));
        }
        if (facts.clustered()) {
            warnings.add(
                    "this server is one of a cluster, whose locks hold on one server alone: a creation that is under"
                            + " way is not fenced, so that a lease which failed is kept for an hour and ended once more; look"
                            + " for what was left behind (orphans/NAME) now and then");
        }
        if (!facts.isMariaDb() && longestName > MySqlConnector.LONGEST_NAME) {
            warnings.add("this is MySQL, whose users' names have at most " + MySqlConnector.LONGEST_NAME
                    + " characters: use mysql-database-plugin");
        }
        if (facts.readOnly()) {
            warnings.add("the server is read-only: no user can be created or ended there");
        }
        if (facts.losesCommits()) {
            warnings.add("innodb_flush_log_at_trx_commit is not 1: the server may forget a user's end when it crashes");
        }
        if (ServerClock.isWorthSaying(skew)) {
            warnings.add("the clock of the server is " + skew.toMillis() + " ms ahead of ours");
        }
        return warnings;
    }

    /**
     * No user is made whose sessions could not be ended.
     *
     * @throws Refused naming what is missing
     */
    static void mustEndSessions(Facts facts) {
        if (!facts.seesSessions() || !facts.endsSessions()) {
            throw new Refused(sessionsMissing(facts));
        }
    }

    private static String sessionsMissing(Facts facts) {
        return "the login may not see and end sessions, without which nobody's access can be ended:"
                + (facts.isMariaDb()
                        ? " GRANT PROCESS, CONNECTION ADMIN ON *.* TO it"
                        : " GRANT PROCESS, CONNECTION_ADMIN ON *.* TO it");
    }
}
