package io.daypass.engine.postgresql;

import io.daypass.engine.sql.Placeholders;
import io.daypass.plugin.database.PasswordChange;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The one message that changes a password: one transaction, fenced like a {@link MintSql mint}, which PostgreSQL undoes if
 * nobody could log in after it.
 */
final class RotateSql {
    private static final List<String> USUAL = List.of("ALTER ROLE \"{{name}}\" PASSWORD '{{password}}'");

    private RotateSql() {}

    /**
     * @param verifier of the password
     * @param deadline by the server's clock
     */
    static String of(PasswordChange change, String verifier, Instant deadline) {
        List<String> statements = change.statements().isEmpty() ? USUAL : change.statements();
        return text(change, statements, verifier, deadline);
    }

    /** The same without the operator's statements. */
    static String usual(PasswordChange change, String verifier, Instant deadline) {
        return text(change, USUAL, verifier, deadline);
    }

    private static String text(PasswordChange change, List<String> statements, String verifier, Instant deadline) {
        String name = change.user().name();
        String filled = RoleSql.filled(
                statements,
                Map.of(Placeholders.NAME, name, Placeholders.USERNAME, name, Placeholders.PASSWORD, verifier));
        String locked = MintSql.locks(List.of(change.user().lockKey()));
        String body = "DECLARE r record; BEGIN\n" + locked
                + "IF pg_catalog.clock_timestamp() > " + Sql.instant(deadline) + " THEN "
                + raise(
                        "the deadline for changing this password has passed by the clock of the server",
                        SqlStates.TOO_LATE)
                + "END IF;\n"
                + "EXECUTE " + Sql.text(filled) + ";\n"
                + "SELECT rolcanlogin, rolvaliduntil INTO r FROM pg_catalog.pg_roles WHERE rolname = " + Sql.text(name)
                + "::pg_catalog.name;\n"
                + "IF NOT FOUND THEN " + raise("there is no such role", SqlStates.ABSENT) + "END IF;\n"
                + "IF NOT r.rolcanlogin THEN "
                + raise("the role may not log in (NOLOGIN), so its password was left as it was", SqlStates.LOCKED_OUT)
                + "END IF;\n"
                + "IF r.rolvaliduntil < pg_catalog.clock_timestamp() THEN "
                + raise("the role's VALID UNTIL has passed, so its password was left as it was", SqlStates.LOCKED_OUT)
                + "END IF;\nEND ";
        return Sql.block(body) + "; RESET ROLE; RESET ALL";
    }

    private static String raise(String text, String state) {
        return "RAISE EXCEPTION " + Sql.text(text) + " USING ERRCODE = '" + state + "'; ";
    }
}
