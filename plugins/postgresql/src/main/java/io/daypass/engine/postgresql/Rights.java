package io.daypass.engine.postgresql;

import io.daypass.engine.sql.ServerClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a login lacks for the work, said when a connection is written. */
final class Rights {
    private Rights() {}

    /** @param skew how far the server's clock is ahead of ours */
    static List<String> missing(Facts facts, Duration skew) {
        List<String> warnings = new ArrayList<>();
        if (!facts.createsRoles()) {
            warnings.add("the login may not create roles: ALTER ROLE ... CREATEROLE");
        }
        if (!facts.signals() && !facts.superuser()) {
            warnings.add("the login may not end sessions by itself, which takes a grant a user and 50 ms more:"
                    + " GRANT pg_signal_backend TO ... WITH ADMIN OPTION");
        }
        if (facts.superuser()) {
            warnings.add("the login is a superuser, which is more than this needs:"
                    + " CREATEROLE, pg_signal_backend, and ADMIN on the granted roles are enough");
        }
        if (facts.losesCommits()) {
            warnings.add("synchronous_commit is off: the server may forget a user's end when it crashes");
        }
        if (ServerClock.isWorthSaying(skew)) {
            warnings.add("the clock of the server is " + skew.toMillis() + " ms ahead of ours");
        }
        return warnings;
    }
}
