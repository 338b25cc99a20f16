package io.daypass.engine.postgresql;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What a session learns about its server and its login as it begins.
 *
 * @param identity the cluster's system identifier and the database's oid
 * @param versionNumber such as 180006
 * @param version such as {@code 18.6}
 * @param superuser whether the login is one
 * @param createsRoles whether it may create roles
 * @param signals whether it may end the sessions of others
 * @param losesCommits whether its commits may be acknowledged before they are durable
 */
record Facts(
        String identity,
        int versionNumber,
        String version,
        boolean superuser,
        boolean createsRoles,
        boolean signals,
        boolean losesCommits) {
    static final String QUERY = """
            SELECT (SELECT system_identifier FROM pg_catalog.pg_control_system()) || '/' || d.oid,
                   pg_catalog.current_setting('server_version_num')::int,
                   pg_catalog.split_part(pg_catalog.current_setting('server_version'), ' ', 1),
                   r.rolsuper, r.rolsuper OR r.rolcreaterole,
                   pg_catalog.pg_has_role('pg_signal_backend', 'USAGE'),
                   pg_catalog.current_setting('synchronous_commit') = 'off'
            FROM pg_catalog.pg_database d, pg_catalog.pg_roles r
            WHERE d.datname = pg_catalog.current_database() AND r.rolname = CURRENT_USER""";

    private static final int MEMBERSHIP_OF_MAKERS = 160_000;
    private static final int NO_SELF_GRANTS = 150_000;

    static Facts of(ResultSet row) throws SQLException {
        return new Facts(
                row.getString(1),
                row.getInt(2),
                row.getString(3),
                row.getBoolean(4),
                row.getBoolean(5),
                row.getBoolean(6),
                row.getBoolean(7));
    }

    /**
     * From 16 on a login becomes a member of every role it makes, and every CREATE and DROP of it pays for all of them.
     */
    boolean paysForUsers() {
        return versionNumber >= MEMBERSHIP_OF_MAKERS;
    }

    /** Before 15 a user can grant itself to another, who then acts as it. */
    boolean usersGrantThemselves() {
        return versionNumber < NO_SELF_GRANTS;
    }
}
