package io.daypass.engine.mysql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/**
 * Reads SQL as the lexer of MySQL and MariaDB does, as far as to tell words from strings, quoted names and comments.
 *
 * <p>It holds for an {@code sql_mode} without {@code ANSI_QUOTES} and {@code NO_BACKSLASH_ESCAPES}, which every
 * {@link Session} has: double quotes are a string's, and a backslash escapes in strings. Between backticks it doesn't.
 */
final class SqlLexer {
    /** What a piece of SQL is. */
    enum Kind {
        WORD,
        STRING,
        NAME,
        COMMENT,
        SEMICOLON,
        SPACE,
        OTHER
    }

    /**
     * A piece of SQL.
     *
     * @param text as it stands there
     */
    record Piece(Kind kind, String text) {
        /** In upper case, which is how key words are compared. */
        String keyWord() {
            return text.toUpperCase(Locale.ROOT);
        }

        /** Whether it is that key word. */
        boolean is(String keyWord) {
            return kind == Kind.WORD && keyWord().equals(keyWord);
        }
    }

    /** Thrown where a string, name or comment has no end, or is one that not every server reads alike. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        private final String problem;

        Unreadable(String problem) {
            super(null, null, false, false);
            this.problem = problem;
        }

        String problem() {
            return problem;
        }
    }

    private final String sql;
    private int start;
    private int end;

    private SqlLexer(String sql) {
        this.sql = sql;
    }

    /** All pieces; put together they are the text again. */
    static List<Piece> pieces(String sql) throws Unreadable {
        SqlLexer lexer = new SqlLexer(sql);
        List<Piece> pieces = new ArrayList<>();
        while (lexer.end < sql.length()) {
            Kind kind = lexer.next();
            pieces.add(new Piece(kind, sql.substring(lexer.start, lexer.end)));
        }
        return pieces;
    }

    private Kind next() throws Unreadable {
        start = end;
        char c = sql.charAt(start);
        if (c == '\'' || c == '"') {
            return quoted(c, true, Kind.STRING);
        }
        if (c == '`') {
            return quoted(c, false, Kind.NAME);
        }
        if (c == '#' || beginsDashComment()) {
            end = skip(start, each -> each != '\n');
            return Kind.COMMENT;
        }
        if (sql.startsWith("/*", start)) {
            return blockComment();
        }
        if (isInWord(c)) {
            end = skip(start, SqlLexer::isInWord);
            return Kind.WORD;
        }
        if (isSpace(c)) {
            end = skip(start, SqlLexer::isSpace);
            return Kind.SPACE;
        }
        end = start + 1;
        return c == ';' ? Kind.SEMICOLON : Kind.OTHER;
    }

    /** Two dashes begin a comment only before a blank, a control character or the end: {@code 5--3} is 8. */
    private boolean beginsDashComment() {
        return sql.startsWith("--", start) && (start + 2 == sql.length() || sql.charAt(start + 2) <= ' ');
    }

    private Kind quoted(char quote, boolean escapes, Kind kind) throws Unreadable {
        int i = start + 1;
        while (i < sql.length()) {
            char c = sql.charAt(i);
            if (escapes && c == '\\') {
                i += 2;
            } else if (c != quote) {
                i++;
            } else if (i + 1 < sql.length() && sql.charAt(i + 1) == quote) {
                i += 2;
            } else {
                end = i + 1;
                return kind;
            }
        }
        throw withoutEnd(kind == Kind.NAME ? "quoted name" : "string");
    }

    /** They don't nest. What stands in those with an exclamation mark runs, on servers of some version or make. */
    private Kind blockComment() throws Unreadable {
        if (sql.startsWith("/*!", start) || sql.startsWith("/*M!", start)) {
            throw new Unreadable(
                    "the comment in line " + line() + " begins with an exclamation mark: what it holds runs"
                            + " on some servers and not on others; write it without the comment");
        }
        int close = sql.indexOf("*/", start + 2);
        if (close < 0) {
            throw withoutEnd("comment");
        }
        end = close + 2;
        return Kind.COMMENT;
    }

    private Unreadable withoutEnd(String what) {
        return new Unreadable("the " + what + " that begins in line " + line() + " has no end");
    }

    private int skip(int from, IntPredicate goesOn) {
        int i = from;
        while (i < sql.length() && goesOn.test(sql.charAt(i))) {
            i++;
        }
        return i;
    }

    private long line() {
        return 1 + sql.substring(0, start).chars().filter(c -> c == '\n').count();
    }

    private static boolean isInWord(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '$'
                || c >= 0x80;
    }

    private static boolean isSpace(int c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
