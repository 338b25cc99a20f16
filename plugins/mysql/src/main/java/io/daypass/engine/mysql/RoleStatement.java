package io.daypass.engine.mysql;

import io.daypass.engine.mysql.SqlLexer.Kind;
import io.daypass.engine.mysql.SqlLexer.Piece;
import io.daypass.engine.sql.Placeholders;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One statement of a role's SQL.
 *
 * @param pieces all of it, blanks and comments too, without the semicolon
 */
record RoleStatement(List<Piece> pieces) {
    private static final String ANYWHERE = "%";
    private static final Set<String> NAMES =
            Set.of("{{" + Placeholders.NAME + "}}", "{{" + Placeholders.USERNAME + "}}");

    RoleStatement {
        pieces = List.copyOf(pieces);
    }

    /** What counts: no blanks, no comments. */
    List<Piece> telling() {
        return pieces.stream()
                .filter(each -> each.kind() != Kind.SPACE && each.kind() != Kind.COMMENT)
                .toList();
    }

    /** Its words in upper case, without strings and quoted names. */
    List<String> words() {
        return pieces.stream()
                .filter(each -> each.kind() == Kind.WORD)
                .map(Piece::keyWord)
                .toList();
    }

    /** One of its words, from 0; empty where there are not so many. */
    String word(int index) {
        List<String> words = words();
        return index < words.size() ? words.get(index) : "";
    }

    String text() {
        StringBuilder text = new StringBuilder();
        pieces.forEach(each -> text.append(each.text()));
        return text.toString().strip();
    }

    /** The same with its strings, quoted names and comments left out. */
    String unquoted() {
        StringBuilder text = new StringBuilder();
        for (Piece each : pieces) {
            boolean isQuoted = each.kind() == Kind.STRING || each.kind() == Kind.NAME || each.kind() == Kind.COMMENT;
            text.append(isQuoted ? " " : each.text());
        }
        return text.toString();
    }

    /** Whether a piece is the user's name and nothing else, in quotes. */
    static boolean isName(Piece piece) {
        return isQuoted(piece) && NAMES.contains(inside(piece));
    }

    private static boolean isQuoted(Piece piece) {
        return piece.kind() == Kind.STRING || piece.kind() == Kind.NAME;
    }

    private static String inside(Piece piece) {
        return piece.text().substring(1, piece.text().length() - 1);
    }

    /** Where the users that it names may come from; {@code %} where it doesn't say. */
    List<String> hosts() {
        List<String> hosts = new ArrayList<>();
        List<Piece> telling = telling();
        for (int i = 0; i < telling.size(); i++) {
            if (isName(telling.get(i))) {
                hosts.add(host(telling, i));
            }
        }
        return hosts;
    }

    private static String host(List<Piece> telling, int name) {
        int end = accountEnd(telling, name);
        if (end == name + 1) {
            return ANYWHERE;
        }
        StringBuilder host = new StringBuilder();
        for (Piece each : telling.subList(name + 2, end)) {
            host.append(isQuoted(each) ? inside(each) : each.text());
        }
        return host.toString();
    }

    /**
     * Where an account ends that begins with the user's name: after {@code @} stands a string, a quoted name, or a name or
     * an address without quotes.
     */
    static int accountEnd(List<Piece> telling, int name) {
        int i = name + 1;
        if (i + 1 >= telling.size() || !telling.get(i).text().equals("@")) {
            return i;
        }
        i++;
        if (telling.get(i).kind() != Kind.WORD) {
            return i + 1;
        }
        while (i + 2 < telling.size()
                && telling.get(i + 1).text().equals(".")
                && telling.get(i + 2).kind() == Kind.WORD) {
            i += 2;
        }
        return i + 1;
    }
}
