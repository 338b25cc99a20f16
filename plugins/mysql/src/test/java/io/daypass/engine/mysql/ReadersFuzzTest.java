package io.daypass.engine.mysql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.daypass.plugin.Invalid;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever the text: the readers of URLs and of SQL either take it or say what is wrong with it. */
class ReadersFuzzTest {
    private static final List<String> URL_PIECES = List.of(
            "jdbc:",
            "mysql",
            "mariadb",
            "://",
            "{{username}}",
            "{{password}}",
            ":",
            "@",
            "tcp(",
            ")",
            "(",
            "localhost",
            ",",
            "[::1]",
            "3306",
            "/",
            "shop",
            "?",
            "&",
            "=",
            "sslMode",
            "tls",
            "true",
            "REQUIRED",
            "user",
            "password",
            "timeout",
            "1s",
            "%",
            "%2f",
            "#",
            "\n",
            "ä",
            "\0",
            "allowLoadLocalInfile",
            "address=");
    private static final List<String> SQL_PIECES = List.of(
            "'",
            "''",
            "\"",
            "`",
            "``",
            "-- ",
            "--",
            "#",
            "/*",
            "*/",
            "/*!",
            "\n",
            " ",
            ";",
            "\\",
            "COMMIT",
            "SET ",
            "DEFAULT ",
            "a",
            "'{{name}}'",
            "@",
            "'%'",
            "localhost",
            ".",
            "{{name}}",
            "{{password}}",
            "{{x}}",
            "CREATE ",
            "USER ",
            "GRANT ",
            "TO ",
            "IDENTIFIED ",
            "BY ",
            "WITH ",
            "OR ",
            "1",
            ",",
            "(",
            "\0",
            "é",
            "\t",
            "_utf8'");

    private static final Map<String, String> VALUES =
            Map.of("name", "d-a-b_c", "username", "d-a-b_c", "password", "p4ss", "expiration", "2026-01-01 00:00:00");

    @FuzzTest
    void url_fuzzed(FuzzedDataProvider data) {
        url(data.consumeRemainingAsString());
    }

    @FuzzTest
    void sql_fuzzed(FuzzedDataProvider data) {
        sql(data.consumeRemainingAsString());
    }

    @Test
    void url_ofRandomPieces() {
        eachOf(URL_PIECES, 20_000, ReadersFuzzTest::url);
    }

    @Test
    void sql_ofRandomPieces() {
        eachOf(SQL_PIECES, 20_000, ReadersFuzzTest::sql);
    }

    private static void eachOf(List<String> pieces, int count, Consumer<String> reader) {
        long seed = new Random().nextLong();
        AtomicReference<String> last = new AtomicReference<>("");
        Random random = new Random(seed);
        try {
            for (int i = 0; i < count; i++) {
                StringBuilder text = new StringBuilder();
                for (int j = random.nextInt(16); j >= 0; j--) {
                    text.append(pieces.get(random.nextInt(pieces.size())));
                }
                last.set(text.toString());
                reader.accept(text.toString());
            }
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + ", text: " + last, e);
        }
    }

    private static void url(String text) {
        try {
            ConnectionUrl url = ConnectionUrl.parse(text);
            assertFalse(url.host().isEmpty());
            assertFalse(url.host().matches(".*[/?&=@{}(),# ].*"), text);
        } catch (Invalid e) {
            assertEquals("connection_url", e.field());
        }
    }

    /**
     * The pieces that the lexer finds are the text again; what it passes begins no statement with a forbidden word; and
     * whatever is filled in is one statement still.
     */
    private static void sql(String text) {
        try {
            assertEquals(
                    text,
                    SqlLexer.pieces(text).stream().map(SqlLexer.Piece::text).collect(Collectors.joining()));
            RoleSql sql = RoleSql.checked("f", List.of(text));
            for (RoleStatement each : sql.statements()) {
                assertFalse(each.word(0).equals("COMMIT"), text);
                each.hosts();
                for (String filled : UserList.filled(each, List.of(VALUES, VALUES))) {
                    // None: two dashes at the very end are a comment, where before a semicolon they were none.
                    assertTrue(RoleSql.of(List.of(filled)).statements().size() <= 1, filled);
                }
            }
        } catch (SqlLexer.Unreadable e) {
            assertFalse(e.problem().isEmpty());
        } catch (Invalid e) {
            assertEquals("f", e.field());
        }
    }
}
