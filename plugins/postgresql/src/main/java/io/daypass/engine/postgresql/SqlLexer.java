package io.daypass.engine.postgresql;

import java.util.Locale;
import java.util.function.IntPredicate;

/**
 * Reads SQL as PostgreSQL's own lexer does, as far as to tell words from strings, quoted names and comments.
 *
 * <p>It holds for {@code standard_conforming_strings = on}: a backslash escapes in {@code E'...'} only.
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

    /** Thrown where a string, name or comment has no end. */
    static final class Unterminated extends Exception {
        private static final long serialVersionUID = 1L;

        private final String problem;

        Unterminated(String what, int line) {
            super(null, null, false, false);
            problem = "the " + what + " that begins in line " + line + " has no end";
        }

        String problem() {
            return problem;
        }
    }

    private final String sql;
    private int start;
    private int end;
    private Kind kind = Kind.SPACE;

    SqlLexer(String sql) {
        this.sql = sql;
    }

    /**
     * Goes on to the next piece.
     *
     * @return false if there is none
     */
    boolean next() throws Unterminated {
        start = end;
        if (start == sql.length()) {
            return false;
        }
        char c = sql.charAt(start);
        if (c == '\'') {
            quoted(start, '\'', false, Kind.STRING);
        } else if (c == '"') {
            quoted(start, '"', false, Kind.NAME);
        } else if (sql.startsWith("--", start)) {
            lineComment();
        } else if (sql.startsWith("/*", start)) {
            blockComment();
        } else if (c == '$') {
            dollar();
        } else if (beginsWord(c)) {
            word();
        } else if (isSpace(c)) {
            end = skip(start, SqlLexer::isSpace);
            kind = Kind.SPACE;
        } else {
            end = start + 1;
            kind = c == ';' ? Kind.SEMICOLON : Kind.OTHER;
        }
        return true;
    }

    Kind kind() {
        return kind;
    }

    String text() {
        return sql.substring(start, end);
    }

    /** The piece in upper case, which is how key words are compared. */
    String keyWord() {
        return text().toUpperCase(Locale.ROOT);
    }

    /** The line of the current piece, from 1. */
    int line() {
        return lineOf(start);
    }

    private void quoted(int from, char quote, boolean escapes, Kind found) throws Unterminated {
        int i = from + 1;
        while (i < sql.length()) {
            char c = sql.charAt(i);
            if (escapes && c == '\\') {
                i += 2;
            } else if (c != quote) {
                i++;
            } else if (i + 1 < sql.length() && sql.charAt(i + 1) == quote) {
                i += 2;
            } else if (found == Kind.STRING && continuation(i + 1) > 0) {
                i = continuation(i + 1);
            } else {
                end = i + 1;
                kind = found;
                return;
            }
        }
        throw new Unterminated(found == Kind.NAME ? "quoted name" : "string", lineOf(start));
    }

    /**
     * A string goes on, under the same rules, after a line break: {@code E'a'} and in the next line {@code 'b'} are one.
     *
     * @return where it goes on, after the quote; 0 if it doesn't
     */
    private int continuation(int from) {
        boolean broken = false;
        int i = from;
        while (i < sql.length()) {
            char c = sql.charAt(i);
            if (isSpace(c)) {
                broken |= c == '\n' || c == '\r';
                i++;
            } else if (sql.startsWith("--", i)) {
                i = skip(i, each -> each != '\n' && each != '\r');
            } else {
                return broken && c == '\'' ? i + 1 : 0;
            }
        }
        return 0;
    }

    private void lineComment() {
        end = skip(start, c -> c != '\n' && c != '\r');
        kind = Kind.COMMENT;
    }

    /** PostgreSQL's comments nest. */
    private void blockComment() throws Unterminated {
        int depth = 0;
        int i = start;
        while (i < sql.length()) {
            if (sql.startsWith("/*", i)) {
                depth++;
                i += 2;
            } else if (sql.startsWith("*/", i)) {
                depth--;
                i += 2;
                if (depth == 0) {
                    end = i;
                    kind = Kind.COMMENT;
                    return;
                }
            } else {
                i++;
            }
        }
        throw new Unterminated("comment", lineOf(start));
    }

    private void dollar() throws Unterminated {
        int i = start + 1;
        if (i < sql.length() && beginsWord(sql.charAt(i))) {
            i = skip(i, c -> beginsWord(c) || isDigit(c));
        }
        if (i >= sql.length() || sql.charAt(i) != '$') {
            end = start + 1;
            kind = Kind.OTHER;
            return;
        }
        String tag = sql.substring(start, i + 1);
        int close = sql.indexOf(tag, i + 1);
        if (close < 0) {
            throw new Unterminated("string", lineOf(start));
        }
        end = close + tag.length();
        kind = Kind.STRING;
    }

    private void word() throws Unterminated {
        int after = skip(start, c -> beginsWord(c) || isDigit(c) || c == '$');
        boolean one = after == start + 1;
        if (one && after < sql.length() && sql.charAt(after) == '\'' && "eEbBxXnN".indexOf(sql.charAt(start)) >= 0) {
            boolean escapes = sql.charAt(start) == 'e' || sql.charAt(start) == 'E';
            quoted(after, '\'', escapes, Kind.STRING);
            return;
        }
        end = after;
        kind = Kind.WORD;
    }

    private int skip(int from, IntPredicate goesOn) {
        int i = from;
        while (i < sql.length() && goesOn.test(sql.charAt(i))) {
            i++;
        }
        return i;
    }

    private int lineOf(int position) {
        return 1
                + (int) sql.substring(0, position)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    private static boolean beginsWord(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isSpace(int c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == 0x0b;
    }
}
