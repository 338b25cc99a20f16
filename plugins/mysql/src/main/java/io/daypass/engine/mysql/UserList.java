package io.daypass.engine.mysql;

import io.daypass.engine.mysql.SqlLexer.Kind;
import io.daypass.engine.mysql.SqlLexer.Piece;
import io.daypass.engine.sql.Placeholders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A role's statement filled in for several users: as one statement with a list in it, where it is a {@code CREATE USER}
 * or {@code GRANT} of the usual form, else as one for each user. The server does all of this one after the other, so that
 * a list saves it more than it saves us.
 */
final class UserList {
    /** What may follow the users of a CREATE USER, and holds for all of them. */
    private static final Set<String> TAILS = Set.of("REQUIRE", "WITH", "PASSWORD", "ACCOUNT", "COMMENT", "DEFAULT");

    private static final Set<String> WAYS = Set.of("WITH", "VIA");
    private static final Set<String> PROOFS = Set.of("BY", "USING", "AS");

    private UserList() {}

    /** @param values of each user's placeholders; safe inside quotes of any kind */
    static List<String> filled(RoleStatement statement, List<Map<String, String>> values) {
        List<Piece> telling = statement.telling();
        int from = values.size() > 1 ? listed(telling) : 0;
        int to = from == 0 ? 0 : listEnd(telling, from);
        if (to == 0) {
            return values.stream()
                    .map(each -> Placeholders.filled(statement.text(), each))
                    .toList();
        }
        String one = joined(telling.subList(from, to));
        String list =
                values.stream().map(each -> Placeholders.filled(one, each)).collect(Collectors.joining(", "));
        return List.of(
                (joined(telling.subList(0, from)) + " " + list + " " + joined(telling.subList(to, telling.size())))
                        .strip());
    }

    /** @return where the user stands that there may be more of beside it; 0: nowhere */
    private static int listed(List<Piece> telling) {
        List<Integer> names = new ArrayList<>();
        for (int i = 0; i < telling.size(); i++) {
            if (RoleStatement.isName(telling.get(i))) {
                names.add(i);
            }
        }
        if (names.size() != 1) {
            return 0;
        }
        int name = names.get(0);
        boolean creates =
                name == 2 && telling.get(0).is("CREATE") && telling.get(1).is("USER");
        boolean grants =
                name > 1 && telling.get(0).is("GRANT") && telling.get(name - 1).is("TO");
        boolean isPlain = telling.subList(0, name).stream().noneMatch(each -> Placeholders.isIn(each.text()));
        return (creates || grants) && isPlain ? name : 0;
    }

    /** @return where the user ends, its password included; 0: it can't be told, or what follows isn't the same for all */
    private static int listEnd(List<Piece> telling, int from) {
        int end = RoleStatement.accountEnd(telling, from);
        if (telling.get(0).is("CREATE")) {
            end = proofEnd(telling, end);
        }
        List<Piece> tail = telling.subList(end, telling.size());
        boolean isTail = tail.isEmpty()
                || telling.get(0).is("GRANT")
                || TAILS.contains(tail.get(0).keyWord());
        boolean isPlain = tail.stream()
                .noneMatch(each -> Placeholders.isIn(each.text())
                        || each.is("IDENTIFIED")
                        || each.text().equals(","));
        return isTail && isPlain ? end : 0;
    }

    /** {@code IDENTIFIED [WITH plugin] [BY 'password']}. */
    private static int proofEnd(List<Piece> telling, int from) {
        int i = from;
        if (!isWord(telling, i, Set.of("IDENTIFIED"))) {
            return i;
        }
        i++;
        if (isWord(telling, i, WAYS) && i + 1 < telling.size()) {
            i += 2;
        }
        if (isWord(telling, i, PROOFS)
                && i + 1 < telling.size()
                && telling.get(i + 1).kind() == Kind.STRING) {
            i += 2;
        }
        return i;
    }

    private static boolean isWord(List<Piece> telling, int index, Set<String> words) {
        return index < telling.size()
                && telling.get(index).kind() == Kind.WORD
                && words.contains(telling.get(index).keyWord());
    }

    /** Names, hosts and rights read the same with a blank between each two of their pieces, but for {@code @} and dots. */
    private static String joined(List<Piece> pieces) {
        StringBuilder text = new StringBuilder();
        boolean glued = true;
        for (Piece each : pieces) {
            boolean glues = each.text().equals("@") || each.text().equals(".");
            text.append(glued || glues ? "" : " ").append(each.text());
            glued = glues;
        }
        return text.toString();
    }
}
