package io.daypass.broker.mount.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.plugin.Invalid;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    /** In base 36: e1s. */
    private static final long NUMBER = 18_208;

    private final Random random = new Random(7);

    private final NameTemplate.Values values = new NameTemplate.Values() {
        @Override
        public String displayName() {
            return "token-Alice@example";
        }

        @Override
        public String roleName() {
            return "reader";
        }

        @Override
        public String randomText(int length) {
            return "r".repeat(length);
        }

        @Override
        public long unixTime() {
            return 1_764_000_000L;
        }
    };

    private final Names names = of("a key");

    /** As the broker of that key makes them. */
    private static Names of(String key) {
        return new Names(text -> String.format("%07d", Math.floorMod((key + text).hashCode(), 10_000_000)));
    }

    private String name(int atMost, String template) {
        return names.name(NUMBER, atMost, NameTemplate.parse(template), values, random);
    }

    @Test
    void name_byDefault_bearsMarkCallerRoleRandomAndTime() {
        String name = names.name(NUMBER, 63, NameTemplate.DEFAULT, values, random);
        assertTrue(name.matches("d-token-al-reader-e1s[a-z0-9]{12}-1764000000"), name);
    }

    @ParameterizedTest
    @ValueSource(ints = {27, 32, 47, 48, 63, 255})
    void numberOf_anyNameWithRoom_isItsLeases(int atMost) {
        for (String template : List.of("", "{{.RoleName}}", "x-1764000000-", "x".repeat(200))) {
            String name = name(atMost, template);
            assertEquals(OptionalLong.of(NUMBER), names.numberOf(name), name);
        }
    }

    @Test
    void numberOf_theLargestAndTheSmallest_isItsLeases() {
        for (long number : new long[] {1, Long.MAX_VALUE}) {
            String name = names.name(number, 27, NameTemplate.DEFAULT, values, random);
            assertTrue(name.length() <= 27, name);
            assertEquals(OptionalLong.of(number), names.numberOf(name), name);
        }
    }

    @Test
    void numberOf_anythingElse_isNone() {
        String name = names.name(NUMBER, 63, NameTemplate.DEFAULT, values, random);
        assertEquals(OptionalLong.empty(), of("another key").numberOf(name));
        for (String other : List.of(
                "",
                "d-",
                "postgres",
                "d-1764000000",
                name(26, "x"),
                name.replace("reader", "writer"),
                name.replace("e1s", "e1t"),
                name.replace("e1s", "0e1s"),
                name.replace("-1764000000", ""),
                name + "0",
                name + "\n",
                "x" + name,
                "d-x-zzzzzzzzzzzzz" + "0".repeat(12),
                name.toUpperCase(Locale.ROOT),
                "d-" + "x-".repeat(50_000))) {
            assertEquals(OptionalLong.empty(), names.numberOf(other), other);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 24, 32, 47, 48, 63, 255})
    void name_withinAnyLimit_keepsItsMarkAndItsRandomPart(int atMost) {
        String name = name(atMost, "x".repeat(200));
        assertTrue(name.length() <= atMost, name);
        assertTrue(name.matches("d-(x+-)?[a-z0-9]{12,15}(-1764000000)?"), name);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 24, 32, 47, 48, 63, 255})
    void name_isKnownForOneThatWasMade(int atMost) {
        assertTrue(Names.isMade(name(atMost, "{{.RoleName}}")));
        assertTrue(Names.isMade(name(atMost, "")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "d-",
                "d-artagnan",
                "root",
                "daypass-0011aabb-12",
                "x-reader-abcdefghijkl",
                "d-reader-ABCDEFGHIJKL"
            })
    void name_ofSomebodyElses_isNotTakenForOneThatWasMade(String name) {
        assertFalse(Names.isMade(name));
    }

    @Test
    void name_ofATemplateThatMultipliesItself_staysSmall() {
        String more = " | replace \"r\" \"rrrrrrrrrr\"".repeat(30);
        String name = name(63, "{{.RoleName" + more + "}}");
        assertTrue(name.length() <= 63, name);
    }

    @Test
    void name_holdsNothingThatNeedsQuotes() {
        String name = name(63, "{{.DisplayName | uppercase}}\"; DROP--é_");
        assertTrue(name.matches("[a-z0-9_-]+"), name);
    }

    @ParameterizedTest
    @CsvSource({
        "'{{.RoleName}}',reader",
        "'v-{{.RoleName | truncate 3}}',v-rea",
        "'{{.RoleName | uppercase}}',READER",
        "'{{.DisplayName | replace \"@\" \"-\" | lowercase}}',token-alice-example",
        "'{{random 4}}{{unix_time}}',rrrr1764000000",
        "'{{ .RoleName|truncate 2 }}',re",
    })
    void fill_readsVaultsSyntax(String template, String made) {
        assertEquals(made, NameTemplate.parse(template).fill(values));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{.RoleName",
                "{{.Other}}",
                "{{}}",
                "{{random}}",
                "{{random 0}}",
                "{{random 9999}}",
                "{{random -1}}",
                "{{.RoleName | printf}}",
                "{{.RoleName | truncate x}}",
                "{{.RoleName | replace a b}}",
                "{{.RoleName | }}",
                "{{.RoleName | replace \"a\" \"b}}",
            })
    void parse_whatIsUnknown_isInvalid(String template) {
        assertEquals(
                "username_template",
                assertThrows(Invalid.class, () -> NameTemplate.parse(template)).field());
    }

    @Test
    void draw_usesTheWholeAlphabet() {
        String drawn = Alphabet.draw(random, 2_000, "abc");
        assertEquals(
                "abc",
                drawn.chars()
                        .distinct()
                        .sorted()
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "aa", "a b", "a\nb", "aé"})
    void draw_fromAPoorAlphabet_isRefused(String alphabet) {
        assertThrows(IllegalArgumentException.class, () -> Alphabet.draw(random, 8, alphabet));
    }
}
