package io.daypass.engine.postgresql;

import io.daypass.engine.sql.Placeholders;
import io.daypass.plugin.Invalid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an operator wrote to be run for a role's users: checked when the role is written, filled in when it runs.
 *
 * <p>The real guard is PostgreSQL, which refuses transaction control in what {@code EXECUTE} runs. This one says so when
 * the role is written, and keeps out what would outlive the call in a pooled session.
 */
final class RoleSql {
    private static final Set<String> TRANSACTION_CONTROL = Set.of(
            "BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE", "PREPARE", "DEALLOCATE");
    private static final Set<String> SESSION_STATE = Set.of("RESET", "DISCARD");
    private static final Set<String> MAKES = Set.of("CREATE", "ALTER");
    private static final Set<String> ROLES = Set.of("ROLE", "USER");
    private static final Set<String> MEMBERSHIP = Set.of("IN", "ADMIN");

    private RoleSql() {}

    /**
     * @param field where the statements stand, for the error
     * @throws Invalid naming the field, if they hold what must not run
     */
    static void check(String field, List<String> statements) {
        for (String statement : statements) {
            check(field, statement);
        }
    }

    /**
     * Puts values into their places, literally and in one pass: what a value holds is never read again.
     *
     * @param values safe inside quotes of any kind
     */
    static String filled(List<String> statements, Map<String, String> values) {
        return Placeholders.filled(Sql.joined(statements), values);
    }

    /**
     * The statements as words, without strings, quoted names and comments.
     *
     * @throws Invalid naming the field, if something has no end
     */
    static List<List<String>> words(String field, String sql) {
        List<List<String>> statements = new ArrayList<>();
        List<String> words = new ArrayList<>();
        SqlLexer lexer = new SqlLexer(sql);
        try {
            while (lexer.next()) {
                if (lexer.kind() == SqlLexer.Kind.SEMICOLON) {
                    statements.add(words);
                    words = new ArrayList<>();
                } else if (lexer.kind() == SqlLexer.Kind.WORD) {
                    words.add(lexer.keyWord());
                }
            }
        } catch (SqlLexer.Unterminated e) {
            throw new Invalid(field, e.problem());
        }
        statements.add(words);
        return statements;
    }

    /** Whether rights on every table of a schema are granted to each user by itself. */
    static boolean grantsOnAll(List<String> statements) {
        return words("creation_statements", Sql.joined(statements)).stream()
                .anyMatch(words -> words.contains("GRANT") && words.contains("ON") && words.contains("ALL"));
    }

    /** Whether the statements do nothing but create and alter roles, and put none into another. */
    static boolean onlyMakesRoles(List<String> statements) {
        return words("creation_statements", Sql.joined(statements)).stream()
                .allMatch(words -> words.isEmpty() || onlyMakesRole(words));
    }

    private static boolean onlyMakesRole(List<String> words) {
        return words.size() > 1
                && MAKES.contains(words.get(0))
                && ROLES.contains(words.get(1))
                && words.stream().noneMatch(MEMBERSHIP::contains);
    }

    private static void check(String field, String sql) {
        if (sql.indexOf('\0') >= 0) {
            throw new Invalid(field, "holds a NUL character");
        }
        for (List<String> words : words(field, sql)) {
            checkWords(field, words);
        }
        Placeholders.check(field, sql, unquoted(field, sql));
    }

    private static void checkWords(String field, List<String> words) {
        if (words.isEmpty()) {
            return;
        }
        String first = words.get(0);
        String second = words.size() > 1 ? words.get(1) : "";
        if (TRANSACTION_CONTROL.contains(first)) {
            throw new Invalid(field, first + " is not allowed: the statements run in a transaction of the broker's");
        }
        if (SESSION_STATE.contains(first) || (first.equals("SET") && !second.equals("LOCAL"))) {
            throw new Invalid(field, first + " is not allowed: the session is shared; SET LOCAL is");
        }
        if (first.equals("COPY") && words.contains("PROGRAM")) {
            throw new Invalid(field, "COPY ... PROGRAM is not allowed");
        }
    }

    /** What stands outside of strings, quoted names and comments. */
    private static String unquoted(String field, String sql) {
        StringBuilder text = new StringBuilder();
        SqlLexer lexer = new SqlLexer(sql);
        try {
            while (lexer.next()) {
                switch (lexer.kind()) {
                    case STRING, NAME, COMMENT -> text.append(' ');
                    default -> text.append(lexer.text());
                }
            }
        } catch (SqlLexer.Unterminated e) {
            throw new Invalid(field, e.problem());
        }
        return text.toString();
    }
}
