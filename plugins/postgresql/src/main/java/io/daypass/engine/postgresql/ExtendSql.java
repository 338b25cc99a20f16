package io.daypass.engine.postgresql;

import io.daypass.engine.sql.Placeholders;
import io.daypass.plugin.database.User;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The one message that moves a user's end: under the user's lock, never earlier, and never for one that isn't there. */
final class ExtendSql {
    private ExtendSql() {}

    static String of(User user, List<String> renewal, Instant until) {
        String end = Sql.instant(until);
        StringBuilder sql = new StringBuilder("DECLARE ends timestamptz; BEGIN\n");
        sql.append(MintSql.locks(List.of(user.lockKey())));
        sql.append(endIs(user))
                .append("IF NOT FOUND THEN RAISE EXCEPTION 'there is no role % to extend', ")
                .append(Sql.text(user.name()))
                .append(" USING ERRCODE = '")
                .append(SqlStates.ABSENT)
                .append("'; END IF;\n");
        sql.append(moveTo(user, end));
        if (!renewal.isEmpty()) {
            sql.append("EXECUTE ")
                    .append(Sql.text(RoleSql.filled(renewal, values(user, until))))
                    .append(";\n");
            sql.append(endIs(user)).append(moveTo(user, end));
        }
        sql.append("END ");
        return Sql.block(sql.toString()) + "; RESET ROLE; RESET ALL";
    }

    private static String endIs(User user) {
        return "SELECT rolvaliduntil INTO ends FROM pg_catalog.pg_roles WHERE rolname = " + Sql.text(user.name())
                + "::pg_catalog.name;\n";
    }

    private static String moveTo(User user, String end) {
        return "IF ends IS NULL OR ends < " + end + " THEN EXECUTE pg_catalog.format('ALTER ROLE %I VALID UNTIL %L', "
                + Sql.text(user.name()) + ", " + end + "); END IF;\n";
    }

    private static Map<String, String> values(User user, Instant until) {
        return Map.of(
                Placeholders.NAME,
                user.name(),
                Placeholders.USERNAME,
                user.name(),
                Placeholders.EXPIRATION,
                Sql.bare(until));
    }
}
