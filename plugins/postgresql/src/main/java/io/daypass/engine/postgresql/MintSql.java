package io.daypass.engine.postgresql;

import io.daypass.engine.sql.Placeholders;
import io.daypass.plugin.database.Creation;
import io.daypass.plugin.database.NewUser;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The one message that creates users: one implicit transaction, which the server ends by itself on any error.
 *
 * <p>Its fence is the pair of the lock and the clock that is read under it: whoever ends a user takes the same lock, so
 * once the end was found past under the lock, no creation can land any more.
 *
 * <p>Operators here find types that they fit exactly: whoever may create operators in the search path could otherwise
 * put a closer one in.
 */
final class MintSql {
    private MintSql() {}

    /**
     * @param verifiers one for each user, in their order
     * @param deadline by the server's clock
     */
    static String of(Creation creation, List<NewUser> users, List<String> verifiers, Instant deadline) {
        List<String> names = users.stream().map(user -> user.user().name()).toList();
        StringBuilder sql = new StringBuilder("DECLARE r record; altered bool := false; BEGIN\n");
        sql.append(locks(users.stream().map(user -> user.user().lockKey()).toList()));
        sql.append("IF pg_catalog.clock_timestamp() > ")
                .append(Sql.instant(deadline))
                .append(" THEN RAISE EXCEPTION ")
                .append("'the deadline for creating this user has passed by the clock of the server' USING ERRCODE = '")
                .append(SqlStates.TOO_LATE)
                .append("'; END IF;\n");
        for (int i = 0; i < users.size(); i++) {
            String statements = RoleSql.filled(creation.statements(), values(users.get(i), verifiers.get(i)));
            sql.append("EXECUTE ").append(Sql.text(statements)).append(";\n");
        }
        if (!creation.groups().isEmpty()) {
            sql.append("GRANT ")
                    .append(Sql.names(creation.groups()))
                    .append(" TO ")
                    .append(Sql.names(names))
                    .append(";\n");
        }
        sql.append(ends(names, users.stream().map(NewUser::expiresAt).toList()));
        sql.append("END ");
        return Sql.block(sql.toString()) + "; RESET ROLE; RESET ALL";
    }

    /** Takes the locks of users, in one order whoever takes them, to the end of the transaction. */
    static String locks(List<Long> keys) {
        return "PERFORM pg_catalog.pg_advisory_xact_lock(k) FROM pg_catalog.unnest(" + Sql.keyArray(keys) + ") k;\n";
    }

    /** Sets the users' ends where the role's SQL didn't, or set another, and reads them back. */
    private static String ends(List<String> names, List<Instant> ends) {
        String differing = "SELECT u.name, u.until, a.rolname IS NULL AS missing FROM ROWS FROM (pg_catalog.unnest("
                + Sql.nameArray(names) + "), pg_catalog.unnest(" + Sql.instantArray(ends) + ")) u(name, until)"
                + " LEFT JOIN pg_catalog.pg_roles a ON a.rolname = u.name"
                + " WHERE a.rolvaliduntil IS DISTINCT FROM u.until";
        return "FOR r IN " + differing + " LOOP\n"
                + "IF r.missing THEN RAISE EXCEPTION 'the creation statements made no role %', r.name USING ERRCODE = '"
                + SqlStates.NOT_MADE + "'; END IF;\n"
                + "EXECUTE pg_catalog.format('ALTER ROLE %I VALID UNTIL %L', r.name, r.until); altered := true;\n"
                + "END LOOP;\n"
                + "IF altered AND EXISTS (" + differing + ") THEN RAISE EXCEPTION 'VALID UNTIL could not be set'"
                + " USING ERRCODE = '" + SqlStates.END_NOT_SET + "'; END IF;\n";
    }

    private static Map<String, String> values(NewUser user, String verifier) {
        String name = user.user().name();
        return Map.of(
                Placeholders.NAME, name,
                Placeholders.USERNAME, name,
                Placeholders.PASSWORD, verifier,
                Placeholders.EXPIRATION, Sql.bare(user.expiresAt()));
    }
}
