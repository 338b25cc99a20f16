package io.daypass.broker.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyReaderTest {
    private static final String GOOD = """
            # who may read
            name = "readers" // tolerated
            path "database/creds/+/x*" {
              capabilities = ["read", "list",]
            }
            /* a comment
               of two lines */
            path "sys/health" { capabilities = [ "read" ], }
            path "nothing" {}
            path "kv/a\\"b" { "capabilities" = [] }
            """;

    @Test
    void read_ofHcl_givesItsRules() {
        assertEquals(
                List.of(
                        rule("database/creds/+/x*", Capability.READ, Capability.LIST),
                        rule("sys/health", Capability.READ),
                        rule("nothing"),
                        rule("kv/a\"b")),
                PolicyReader.read(GOOD));
    }

    @Test
    void read_ofJson_givesItsRules() {
        String json = """
                {"name": "readers",
                 "path": {"database/*": {"capabilities": ["read", "list"]}, "/sys/health": {"capabilities": []}}}
                """;
        assertEquals(
                List.of(rule("database/*", Capability.READ, Capability.LIST), rule("sys/health")),
                PolicyReader.read(json));
    }

    @Test
    void read_ofNothing_givesNoRules() {
        assertEquals(List.of(), PolicyReader.read(""));
        assertEquals(List.of(), PolicyReader.read("# only words\r\n"));
        assertEquals(List.of(), PolicyReader.read("{}"));
        assertEquals(List.of(), PolicyReader.read("{\"path\": {}}"));
    }

    @Test
    void read_ofSamePathTwice_unitesAndDenyWins() {
        String text = "path \"a\" { capabilities = [\"read\"] } path \"/a\" { capabilities = [\"list\"] }";
        assertEquals(List.of(rule("a", Capability.READ, Capability.LIST)), PolicyReader.read(text));
        String denied = text + " path \"a\" { capabilities = [\"deny\"] }";
        assertEquals(List.of(rule("a", Capability.DENY)), PolicyReader.read(denied));
    }

    @Test
    void read_ofEscapes_unescapes() {
        assertEquals(List.of(rule("é\"")), PolicyReader.read("path \"\\u00e9\\\"\" {}"));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                // What a reader that guesses would let through, and open or close something by it.
                refused("missing brace", "path \"a\" { capabilities = [\"read\"]", 1, 35, "close the stanza of \"a\""),
                refused("missing brace, next stanza", "path \"a\" {\npath \"b\" {}", 2, 1, "unknown key \"path\""),
                refused("missing comma", "path \"a\" { capabilities = [\"read\" \"list\"] }", 1, 35, "expected ','"),
                refused("missing bracket", "path \"a\" { capabilities = [\"read\" }", 1, 35, "expected ','"),
                refused("dollar brace", "path \"a/${x}\" {}", 1, 9, "isn't evaluated"),
                refused("dollar brace outside", "path \"a\" { capabilities = ${x} }", 1, 27, "isn't evaluated"),
                refused("repeated key", caps("[\"read\"] capabilities = [\"deny\"]"), 1, 36, "is there already"),
                refused("repeated name", "name = \"a\"\nname = \"b\"", 2, 1, "is there already"),
                refused("unknown capability", caps("[\"reed\"]"), 1, 28, "unknown capability \"reed\""),
                refused("capability in capitals", caps("[\"READ\"]"), 1, 28, "unknown capability"),
                refused("unterminated comment", "path \"a\" {}\n /* x\n", 2, 2, "comment isn't closed"),
                refused("half a comment", "/*/", 1, 1, "comment isn't closed"),
                refused("unterminated string", "path \"a {}\n", 1, 6, "isn't closed on its line"),
                refused(
                        "allowed_parameters",
                        "path \"a\" { allowed_parameters = { x = [] } }",
                        1,
                        12,
                        "we don't evaluate"),
                refused("required_parameters", "path \"a\" { required_parameters = [] }", 1, 12, "we don't evaluate"),
                refused("min_wrapping_ttl", "path \"a\" { min_wrapping_ttl = \"1s\" }", 1, 12, "we don't evaluate"),
                refused("old form", "path \"a\" { policy = \"read\" }", 1, 12, "we don't evaluate"),
                refused("unknown key", "path \"a\" { capabilites = [] }", 1, 12, "unknown key \"capabilites\""),
                refused("unknown key at the top", "paths \"a\" {}", 1, 1, "unknown key \"paths\""),
                refused("not a list", caps("\"read\""), 1, 27, "expected '['"),
                refused("list in a list", caps("[[\"read\"]]"), 1, 28, "expected a string"),
                refused("number", caps("[1]"), 1, 28, "number"),
                refused("word in a list", caps("[read]"), 1, 28, "expected a string"),
                refused("lonely comma", caps("[,]"), 1, 28, "expected a string"),
                refused("two commas", caps("[\"read\",,]"), 1, 35, "expected a string"),
                refused("heredoc", "path <<EOF", 1, 6, "heredocs"),
                refused("attribute", "path = \"a\"", 1, 6, "expected a string"),
                refused("two labels", "path \"a\" \"b\" {}", 1, 10, "expected '{'"),
                refused("brace too many", "path \"a\" {} }", 1, 13, "expected a key"),
                refused("unknown escape", "path \"a\\n\" {}", 1, 8, "unknown escape"),
                refused("half an escape", "path \"\\u00", 1, 7, "unknown escape"),
                refused("strange character", "path \"a\" ; {}", 1, 10, "unexpected character"),
                refused("no text at all", "\u0000", 1, 1, "unexpected character \"?\""),
                refused("byte order mark", "\ufeffpath \"a\" {}", 1, 1, "unexpected character"),
                // JSON
                refused("json cut short", "{\"path\": {\n\"a\": {", 2, 7, "not JSON"),
                refused("json repeated path", "{\"path\": {\"a\": {},\n \"a\": {}}}", 2, 5, "not JSON: Duplicate"),
                refused("json repeated key", "{\"path\": {}, \"path\": {}}", 1, 20, "Duplicate"),
                refused("json unknown key", "{\"path\": {\"a\": {\"ttl\": 1}}}", 1, 17, "unknown key \"ttl\""),
                refused("json unknown top key", "{\"paths\": {}}", 1, 2, "unknown key \"paths\""),
                refused("json unevaluated", "{\"path\": {\"a\": {\"control_group\": 1}}}", 1, 17, "evaluate"),
                refused("json list of paths", "{\"path\": []}", 1, 10, "expected an object"),
                refused("json string", "{\"path\": {\"a\": {\"capabilities\": \"read\"}}}", 1, 33, "expected a list"),
                refused("json number", "{\"path\": {\"a\": {\"capabilities\": [1]}}}", 1, 34, "expected a capability"),
                refused("json null", "{\"path\": {\"a\": null}}", 1, 16, "expected an object"),
                refused("json name", "{\"name\": 1}", 1, 10, "expected a string"),
                refused("json and more", "{} {}", 1, 4, "ended before"),
                refused("json comment", "{/**/}", 1, 2, "not JSON"),
                refused("json deep", "{\"path\":" + "[".repeat(1000), 1, 9, "expected an object"),
                refused("json template", "{\"path\": {\"a/${b}\": {}}}", 1, 11, "template"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void read_refuses(String name, String text, int line, int column, String because) {
        PolicyException refused = assertThrows(PolicyException.class, () -> PolicyReader.read(text));
        assertTrue(refused.text().contains(because), refused.getMessage());
        assertEquals(line + ":" + column, refused.line() + ":" + refused.column(), refused.getMessage());
    }

    @Test
    void read_ofTooMuch_refuses() {
        assertThrows(PolicyException.class, () -> PolicyReader.read("#".repeat(PolicyReader.MAX_LENGTH + 1)));
        String many = IntStream.rangeClosed(0, Stanzas.MAX_PATTERNS)
                .mapToObj(i -> "path \"" + i + "\" {}")
                .collect(Collectors.joining("\n"));
        PolicyException refused = assertThrows(PolicyException.class, () -> PolicyReader.read(many));
        assertEquals(Stanzas.MAX_PATTERNS + 1, refused.line());
    }

    @Test
    void read_ofTextWithOneCharacterGone_refusesOrSaysNoMore() {
        Set<String> whole = texts(PolicyReader.read(GOOD));
        for (int i = 0; i < GOOD.length(); i++) {
            String cut = GOOD.substring(0, i) + GOOD.substring(i + 1);
            try {
                // A path or a comment that lost a letter is another path or comment, but never fewer stanzas.
                assertEquals(whole.size(), texts(PolicyReader.read(cut)).size(), cut);
            } catch (PolicyException e) {
                assertTrue(e.line() <= 11, e.getMessage());
            }
        }
    }

    @Test
    void read_ofMutatedText_givesRulesOrSaysWhyNot() {
        long seed = 3_141_592;
        Random random = new Random(seed);
        String alphabet = "\"{}[]=,/*#\\$+\n uapth0";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(GOOD);
            for (int j = random.nextInt(4); j >= 0; j--) {
                text.setCharAt(random.nextInt(text.length()), alphabet.charAt(random.nextInt(alphabet.length())));
            }
            RoundTrip.check(text.toString());
        }
    }

    @Test
    void defaultText_isAPolicy() {
        Policy policy = Policy.parse(Policy.DEFAULT_NAME, Policy.defaultText());
        assertEquals(
                List.of(
                        "auth/token/lookup-self",
                        "auth/token/renew-self",
                        "auth/token/revoke-self",
                        "sys/capabilities-self"),
                policy.rules().stream().map(r -> r.pattern().toString()).toList());
    }

    private static Set<String> texts(List<Rule> rules) {
        return rules.stream().map(r -> r.pattern().toString()).collect(Collectors.toSet());
    }

    private static Rule rule(String pattern, Capability... capabilities) {
        return new Rule(Pattern.parse(pattern), Set.of(capabilities));
    }

    private static String caps(String list) {
        return "path \"a\" { capabilities = " + list + " }";
    }

    private static Arguments refused(String name, String text, int line, int column, String because) {
        return Arguments.of(name, text, line, column, because);
    }
}
