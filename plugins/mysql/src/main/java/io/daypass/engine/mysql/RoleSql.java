package io.daypass.engine.mysql;

import io.daypass.engine.mysql.SqlLexer.Kind;
import io.daypass.engine.mysql.SqlLexer.Piece;
import io.daypass.engine.sql.Placeholders;
import io.daypass.plugin.Invalid;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What an operator wrote to be run for a role's users, read into single statements: the server is sent one at a time, and
 * refuses two in one message itself.
 *
 * @param statements those with something in them
 */
record RoleSql(List<RoleStatement> statements) {
    private static final Set<String> TRANSACTION_CONTROL =
            Set.of("BEGIN", "START", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "XA", "LOCK", "UNLOCK");
    private static final Set<String> NOT_OF_USERS =
            Set.of("USE", "PREPARE", "EXECUTE", "DEALLOCATE", "HANDLER", "RESET", "SHUTDOWN");
    private static final Set<String> LOCKS =
            Set.of("GET_LOCK", "RELEASE_LOCK", "RELEASE_ALL_LOCKS", "IS_USED_LOCK", "IS_FREE_LOCK");
    private static final Set<String> BODIES = Set.of("PROCEDURE", "FUNCTION", "TRIGGER", "EVENT");
    private static final Set<String> OF_USERS = Set.of("DEFAULT", "PASSWORD");

    /** Statements that change nothing in a session; after any other it is not used again. */
    private static final Set<String> LEAVE_NOTHING = Set.of("CREATE", "ALTER", "DROP", "GRANT", "REVOKE", "SET");

    RoleSql {
        statements = List.copyOf(statements);
    }

    /**
     * Reads statements that were checked when the role was written.
     *
     * @param texts one or more statements each
     */
    static RoleSql of(List<String> texts) {
        return read("statements", texts);
    }

    /**
     * Reads statements that a role is to have.
     *
     * @param field where they stand, for the error
     * @throws Invalid naming the field, if they hold what must not run
     */
    static RoleSql checked(String field, List<String> texts) {
        for (String text : texts) {
            if (text.indexOf('\0') >= 0) {
                throw new Invalid(field, "holds a NUL character");
            }
        }
        RoleSql sql = read(field, texts);
        for (RoleStatement each : sql.statements) {
            check(field, each);
        }
        return sql;
    }

    private static RoleSql read(String field, List<String> texts) {
        List<RoleStatement> statements = new ArrayList<>();
        for (String text : texts) {
            List<Piece> pieces = new ArrayList<>();
            for (Piece each : pieces(field, text)) {
                if (each.kind() == Kind.SEMICOLON) {
                    add(statements, pieces);
                    pieces = new ArrayList<>();
                } else {
                    pieces.add(each);
                }
            }
            add(statements, pieces);
        }
        return new RoleSql(statements);
    }

    private static void add(List<RoleStatement> statements, List<Piece> pieces) {
        RoleStatement statement = new RoleStatement(pieces);
        if (!statement.telling().isEmpty()) {
            statements.add(statement);
        }
    }

    private static List<Piece> pieces(String field, String text) {
        try {
            return SqlLexer.pieces(text);
        } catch (SqlLexer.Unreadable e) {
            throw new Invalid(field, e.problem());
        }
    }

    /** Where the users may come from that these make; none where they make none. */
    List<String> hosts() {
        return statements.stream()
                .flatMap(each -> each.hosts().stream())
                .distinct()
                .toList();
    }

    /** Whether a session is as it was after them. */
    boolean leavesNothing() {
        return statements.stream().allMatch(each -> LEAVE_NOTHING.contains(each.word(0)));
    }

    private static void check(String field, RoleStatement statement) {
        String first = statement.word(0);
        if (first.equals("DELIMITER")) {
            throw new Invalid(
                    field,
                    "DELIMITER is a command of the mysql program, which the server doesn't know: leave it"
                            + " out, and write one statement for each thing to do");
        }
        if (TRANSACTION_CONTROL.contains(first)) {
            throw new Invalid(field, first + " is not allowed: statements about users commit by themselves");
        }
        if (NOT_OF_USERS.contains(first) || (first.equals("SET") && !OF_USERS.contains(statement.word(1)))) {
            throw new Invalid(
                    field,
                    first
                            + " is not allowed, as the session is the broker's own; SET DEFAULT ROLE and SET PASSWORD are");
        }
        List<String> words = statement.words();
        if (words.stream().anyMatch(LOCKS::contains)) {
            throw new Invalid(field, "locks by name are the broker's own: leave them alone");
        }
        if (words.contains("OUTFILE") || words.contains("DUMPFILE") || first.equals("LOAD")) {
            throw new Invalid(field, "files of the server are not to be read or written: no LOAD, OUTFILE, DUMPFILE");
        }
        if (first.equals("RENAME")) {
            throw new Invalid(field, "RENAME is not allowed: by another name the user would not be found again");
        }
        if (first.equals("CREATE")) {
            checkCreate(field, statement, words);
        }
        Placeholders.check(field, statement.text(), statement.unquoted());
        if (statement.hosts().stream().anyMatch(Placeholders::isIn)) {
            throw new Invalid(field, "the host of a user must not have a placeholder in it");
        }
    }

    private static void checkCreate(String field, RoleStatement statement, List<String> words) {
        if (words.stream().limit(8).anyMatch(BODIES::contains)) {
            throw new Invalid(
                    field, "programs that the server keeps are not made for each user: make them once, by hand");
        }
        if (statement.word(1).equals("OR") && words.contains("USER")) {
            throw new Invalid(field, "CREATE OR REPLACE USER is not allowed: it would take over somebody else's user");
        }
        if (statement.word(1).equals("ROLE") && !statement.hosts().isEmpty()) {
            throw new Invalid(field, "must create a user for {{name}}, not a role");
        }
    }
}
