package io.daypass.engine.mysql;

import io.daypass.plugin.Deadline;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a session learns about its server and its login as it begins.
 *
 * @param isMariaDb whether it is MariaDB
 * @param version such as {@code 10.11.19}
 * @param clustered whether it is one of several that take writes, each with locks of its own
 * @param readOnly whether it takes no writes
 * @param losesCommits whether it may forget, when it crashes, what it has said is done
 * @param rights of the login, for the whole server
 */
record Facts(
        boolean isMariaDb,
        String version,
        boolean clustered,
        boolean readOnly,
        boolean losesCommits,
        Set<String> rights) {
    private static final String VARIABLES = "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('version', 'wsrep_on',"
            + " 'group_replication_group_name', 'ndbcluster', 'read_only', 'innodb_flush_log_at_trx_commit')";

    /** Of the login itself: what it has by a role of the server's is not in there. */
    private static final String RIGHTS = "SELECT PRIVILEGE_TYPE FROM information_schema.USER_PRIVILEGES"
            + " WHERE GRANTEE = CONCAT('''', REPLACE(CURRENT_USER(), '@', '''@'''), '''')";

    Facts {
        rights = Set.copyOf(rights);
    }

    static Facts of(Session session, Deadline deadline) throws SQLException {
        Map<String, String> variables = new HashMap<>();
        for (List<String> row : session.rows(VARIABLES, deadline)) {
            variables.put(row.get(0), row.get(1));
        }
        Set<String> rights = new HashSet<>();
        for (List<String> row : session.rows(RIGHTS, deadline)) {
            rights.add(row.get(0).toUpperCase(Locale.ROOT).replace('_', ' '));
        }
        String version = variables.getOrDefault("version", "");
        return new Facts(
                version.toUpperCase(Locale.ROOT).contains("MARIADB"),
                version.replaceFirst("^5\\.5\\.5-", "").replaceFirst("-.*", ""),
                isOn(variables, "wsrep_on")
                        || isOn(variables, "ndbcluster")
                        || !variables
                                .getOrDefault("group_replication_group_name", "")
                                .isEmpty(),
                isOn(variables, "read_only"),
                !variables.getOrDefault("innodb_flush_log_at_trx_commit", "1").equals("1"),
                rights);
    }

    private static boolean isOn(Map<String, String> variables, String name) {
        return variables.getOrDefault(name, "OFF").toUpperCase(Locale.ROOT).startsWith("ON");
    }

    /** Whether the login sees the sessions of others. */
    boolean seesSessions() {
        return rights.contains("PROCESS");
    }

    /** Whether it may end them. */
    boolean endsSessions() {
        return rights.contains("CONNECTION ADMIN") || rights.contains("SUPER");
    }

    boolean createsUsers() {
        return rights.contains("CREATE USER");
    }
}
