package io.daypass.engine.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.daypass.plugin.Invalid;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whatever the text: the readers of URLs and of SQL either take it or say what is wrong with it. */
class ReadersFuzzTest {
    private static final List<String> URL_PIECES = List.of(
            "jdbc:",
            "postgresql",
            "postgres",
            "://",
            "{{username}}",
            "{{password}}",
            ":",
            "@",
            "localhost",
            ",",
            "[::1]",
            "5432",
            "/",
            "shop",
            "?",
            "&",
            "=",
            "sslmode",
            "require",
            "user",
            "password",
            "%",
            "%2f",
            "#",
            "\n",
            "ä",
            "\0");
    private static final List<String> SQL_PIECES = List.of(
            "'",
            "''",
            "\"",
            "$$",
            "$a$",
            "$",
            "--",
            "/*",
            "*/",
            "\n",
            " ",
            ";",
            "E'",
            "\\",
            "COMMIT",
            "SET ",
            "LOCAL ",
            "a",
            "{{name}}",
            "{{password}}",
            "{{x}}",
            "COPY ",
            "PROGRAM",
            "1",
            "U&'",
            "(",
            "\0",
            "é");

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
            assertFalse(url.hosts().isEmpty());
            assertFalse(url.database().isEmpty());
            for (ConnectionUrl.Host host : url.hosts()) {
                assertFalse(host.name().matches(".*[/?&=@{} ].*"), text);
            }
        } catch (Invalid e) {
            assertEquals("connection_url", e.field());
        }
    }

    /** The pieces that the lexer finds are the text again; what it passes begins no statement with a forbidden word. */
    private static void sql(String text) {
        try {
            StringBuilder again = new StringBuilder();
            SqlLexer lexer = new SqlLexer(text);
            while (lexer.next()) {
                assertFalse(lexer.text().isEmpty());
                again.append(lexer.text());
            }
            assertEquals(text, again.toString());
            RoleSql.check("f", List.of(text));
            for (List<String> words : RoleSql.words("f", text)) {
                assertFalse(!words.isEmpty() && words.get(0).equals("COMMIT"), text);
            }
        } catch (SqlLexer.Unterminated e) {
            assertFalse(e.problem().isEmpty());
        } catch (Invalid e) {
            assertEquals("f", e.field());
        }
    }
}
