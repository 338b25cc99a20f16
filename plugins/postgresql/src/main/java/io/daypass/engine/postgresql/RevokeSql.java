package io.daypass.engine.postgresql;

import io.daypass.engine.sql.Placeholders;
import io.daypass.plugin.database.Removal;
import io.daypass.plugin.database.User;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one message that ends users, alone in it and outside of a transaction, since it commits on its way: forbid to log
 * in, end their sessions, take their locks, drop them, and look for sessions once more. It may be broken off and sent
 * again at any point.
 *
 * <p>The first commit is what makes the end certain: whoever logs in later is refused, and a user can delay nothing by
 * holding its own lock or a lock on a table, since its sessions are gone. The last sweep goes on for a while, because a
 * login that was already under way appears after the first one; {@code DROP ROLE} ends no session.
 */
final class RevokeSql {
    /** Begins the notice that says what {@code settle} asks. */
    static final String FINAL = "daypass final ";
    /** Begins the notice that names a user which owns something that another login must take. */
    static final String OWNER = "daypass owner ";

    private static final int SWEEP_MILLIS = 50;

    private final Removal removal;
    private final Facts facts;
    private final String configured;
    private final List<String> ours;

    /** What becomes of a user that owns something. */
    enum Owners {
        /** Its things are given away, or dropped, and it goes. */
        DISOWN,
        /** It stays, and is named in a notice, for the configured login to disown it. */
        LEAVE,
        /** It goes, or all of the list stays if it still owns something. */
        DROP
    }

    /**
     * @param facts of the session that will run it
     * @param configured the configured login
     * @param ours all logins that are the broker's own
     */
    RevokeSql(Removal removal, Facts facts, String configured, List<String> ours) {
        this.removal = removal;
        this.facts = facts;
        this.configured = configured;
        this.ours = ours;
    }

    /** @param mintDeadline what to ask under the lock whether it has passed; null: nothing is asked */
    String of(List<User> users, Owners owners, @Nullable Instant mintDeadline) {
        List<String> names = users.stream().map(User::name).toList();
        StringBuilder sql = new StringBuilder("DECLARE names name[] := " + Sql.nameArray(names) + ";\n");
        sql.append(
                "oids oid[]; found oid[]; list text; passed bool; r record; k int8; n int8; since timestamptz;\nBEGIN\n");
        sql.append(
                        "FOR r IN SELECT rolname FROM pg_catalog.pg_roles WHERE rolname = ANY (names) AND rolcanlogin LOOP\n")
                .append("EXECUTE pg_catalog.format('ALTER ROLE %I NOLOGIN', r.rolname); END LOOP;\nCOMMIT;\n");
        sql.append(whoseSessions()).append("oids := found;\n");
        // Once they are dropped nobody may end their sessions but by pg_signal_backend: without it, sweep before as
        // well.
        sql.append(endSessions(facts.signals() ? 0 : SWEEP_MILLIS, facts.signals() ? "" : joinThem()));
        sql.append(takeLocks(users));
        if (mintDeadline != null) {
            sql.append("passed := pg_catalog.clock_timestamp() > ")
                    .append(Sql.instant(mintDeadline))
                    .append(";\n");
        }
        sql.append(whoseSessions()).append("oids := pg_catalog.array_cat(oids, found);\n");
        users.forEach(user -> sql.append(ownStatements(user)));
        sql.append(before(owners)).append(drop()).append("COMMIT;\n");
        sql.append(endSessions(SWEEP_MILLIS, facts.signals() ? "" : "n := 0;\n"));
        if (mintDeadline != null) {
            sql.append("RAISE INFO '").append(FINAL).append("%', passed;\n");
        }
        return Sql.block(sql.append("END ").toString());
    }

    /** Takes over, or drops, what users own, as the configured login, which another login has made a member of them. */
    String disown(List<String> names) {
        String each =
                names.stream().map(name -> disowning(Sql.name(name)) + ";\n").collect(Collectors.joining());
        return Sql.block("BEGIN " + each + "END ");
    }

    private String disowning(String name) {
        String heir = removal.reassignTo().isEmpty() ? "CURRENT_USER" : Sql.name(removal.reassignTo());
        String reassign = removal.dropOwned() ? "" : "REASSIGN OWNED BY " + name + " TO " + heir + "; ";
        return reassign + "DROP OWNED BY " + name;
    }

    /**
     * Into {@code found}: the users, and before 15 those whom they have granted themselves to, who may act as them. A
     * superuser is left out, who needs no such grant and whose sessions are not ours to end.
     */
    private String whoseSessions() {
        String users = "SELECT oid FROM pg_catalog.pg_roles WHERE rolname = ANY (names)";
        if (!facts.usersGrantThemselves()) {
            return "SELECT pg_catalog.array_agg(oid) INTO found FROM (" + users + ") u;\n";
        }
        return "WITH RECURSIVE friend(oid) AS (" + users + " UNION SELECT m.member FROM pg_catalog.pg_auth_members m"
                + " JOIN friend f ON m.roleid = f.oid JOIN pg_catalog.pg_roles a ON a.oid = m.member"
                + " WHERE NOT a.rolsuper AND a.rolname <> ALL (" + Sql.nameArray(ours) + "))"
                + " SELECT pg_catalog.array_agg(oid) INTO found FROM friend;\n";
    }

    /**
     * Ends sessions until there are none, and for at least so long. To signal all and look again soon is many times
     * faster than to wait for each to end.
     *
     * @param withoutRight what to do if the server refuses; it sets {@code n}. Empty: the error leaves
     */
    private static String endSessions(int atLeastMillis, String withoutRight) {
        String end = "SELECT pg_catalog.count(pg_catalog.pg_terminate_backend(pid)) INTO n"
                + " FROM pg_catalog.pg_stat_activity WHERE usesysid = ANY (oids);\n";
        String guarded = withoutRight.isEmpty()
                ? end
                : "BEGIN " + end + "EXCEPTION WHEN insufficient_privilege THEN " + withoutRight + "END;\n";
        return "since := pg_catalog.clock_timestamp();\nLOOP PERFORM pg_catalog.pg_stat_clear_snapshot();\n" + guarded
                + "EXIT WHEN n = 0 AND pg_catalog.clock_timestamp() >= since + '" + atLeastMillis + "ms'::interval;\n"
                + "IF pg_catalog.clock_timestamp() > since + '5s'::interval THEN"
                + " RAISE EXCEPTION 'sessions of the user remain' USING ERRCODE = '" + SqlStates.SESSIONS_REMAIN
                + "'; END IF;\nPERFORM pg_catalog.pg_sleep(" + (atLeastMillis == 0 ? "0.002" : "0.01")
                + "); END LOOP;\n";
    }

    /** Becomes a member of the users that have sessions, which gives the right to end them. */
    private String joinThem() {
        return "n := 1; FOR r IN SELECT rolname FROM pg_catalog.pg_roles WHERE oid = ANY (oids) LOOP\n"
                + "EXECUTE pg_catalog.format('GRANT %I TO CURRENT_USER" + inheriting() + "', r.rolname); END LOOP;\n";
    }

    /** Takes the users' locks. A stranger who holds one is ended: nobody else has a use for it. */
    private String takeLocks(List<User> users) {
        String stranger = "PERFORM pg_catalog.pg_terminate_backend(l.pid) FROM pg_catalog.pg_locks l"
                + " JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid"
                + " WHERE l.locktype = 'advisory' AND l.objsubid = 1"
                + " AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())"
                + " AND ((l.classid::int8 << 32) | l.objid::int8) = k"
                + " AND (a.usename IS NULL OR a.usename <> ALL (" + Sql.nameArray(ours) + "));\n";
        return "FOREACH k IN ARRAY "
                + Sql.keyArray(users.stream().map(User::lockKey).toList()) + " LOOP\n"
                + "IF NOT pg_catalog.pg_try_advisory_xact_lock(k) THEN\n"
                + "BEGIN " + stranger + "EXCEPTION WHEN insufficient_privilege THEN NULL; END;\n"
                + "PERFORM pg_catalog.pg_advisory_xact_lock(k); END IF; END LOOP;\n";
    }

    /** The role's own statements, for a user that is there. */
    private String ownStatements(User user) {
        if (removal.statements().isEmpty()) {
            return "";
        }
        String sql = RoleSql.filled(
                removal.statements(), Map.of(Placeholders.NAME, user.name(), Placeholders.USERNAME, user.name()));
        return "IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = " + Sql.text(user.name())
                + "::pg_catalog.name) THEN EXECUTE " + Sql.text(sql) + "; END IF;\n";
    }

    private String before(Owners owners) {
        return switch (owners) {
            case DISOWN -> disownHere();
            case LEAVE -> leaveOwners();
            case DROP -> "";
        };
    }

    private String disownHere() {
        return forOwners("EXECUTE pg_catalog.format('GRANT %I TO CURRENT_USER" + inheriting() + "', r.rolname);\n"
                + "EXECUTE pg_catalog.format(" + Sql.text(disowning("%1$I")) + ", r.rolname);\n");
    }

    /** Leaves those who own something to the configured login, as the one that their things are to go to. */
    private String leaveOwners() {
        return forOwners("EXECUTE pg_catalog.format('GRANT %I TO %I" + inheriting() + "', r.rolname, "
                + Sql.text(configured) + ");\nnames := pg_catalog.array_remove(names, r.rolname);\n"
                + "RAISE INFO '" + OWNER + "%', r.rolname;\n");
    }

    private static String forOwners(String body) {
        return "FOR r IN SELECT rolname FROM pg_catalog.pg_roles a WHERE rolname = ANY (names)"
                + " AND EXISTS (SELECT FROM pg_catalog.pg_shdepend WHERE refobjid = a.oid"
                + " AND refclassid = 'pg_catalog.pg_authid'::pg_catalog.regclass::oid) LOOP\n" + body + "END LOOP;\n";
    }

    private static String drop() {
        return "SELECT pg_catalog.string_agg(pg_catalog.quote_ident(rolname), ',') INTO list"
                + " FROM pg_catalog.pg_roles WHERE rolname = ANY (names);\n"
                + "IF list IS NOT NULL THEN EXECUTE 'DROP ROLE ' || list; END IF;\n";
    }

    private String inheriting() {
        return facts.paysForUsers() ? " WITH INHERIT TRUE" : "";
    }
}
