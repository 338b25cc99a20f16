package io.daypass.broker.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternTest {
    @ParameterizedTest
    @CsvSource({
        "a/b, a/b, true",
        "/a/b, a/b, true",
        "a/b, a/b/, false",
        "a/b, a/bc, false",
        "a/b, a, false",
        "a/, a/, true",
        "a/, a, false",
        "*, a, true",
        "*, a/b/c, true",
        "a/*, a/b/c, true",
        "a/*, a/, true",
        "a/*, a, false",
        "a/*, ab, false",
        "a*, a, true",
        "a*, abc/d, true",
        "a/b*, a/b, true",
        "a/b*, a/x, false",
        "+, a, true",
        "+, a/b, false",
        "+/b, a/b, true",
        "+/b, a/a/b, false",
        "a/+/c, a/b/c, true",
        "a/+/c, a/b/d, false",
        "a/+/c, a/c, false",
        "a/+, a/, true",
        "a/+/, a/b/, true",
        "a/+/, a/b, false",
        "a/+/c*, a/b/cd/e, true",
        "a/+/*, a/b/c, true",
        "a/+/*, a/b, false",
        "+/+/+, a/b/c, true",
        "a+b, a+b, true",
        "a+b, axb, false",
        "a+/b, a+/b, true",
    })
    void matches_tells(String pattern, String path, boolean expected) {
        assertEquals(expected, Pattern.parse(pattern).matches(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "//a",
                "a//b",
                "a/*/b",
                "**",
                "a**",
                "+*",
                "a/+*",
                "a\\b",
                "a%2fb",
                "a\nb",
                "a\u0000",
                "a\u007f",
                ".",
                "..",
                "a/../b",
                "a/.",
                "{{identity.entity.id}}/x",
                "a/${b}"
            })
    void parse_refusesWhatCouldNeverMatch(String pattern) {
        assertThrows(IllegalArgumentException.class, () -> Pattern.parse(pattern));
    }

    @Test
    void parse_ofTooMuch_refuses() {
        assertThrows(IllegalArgumentException.class, () -> Pattern.parse("a".repeat(Pattern.MAX_LENGTH + 1)));
    }

    @Test
    void priority_ordersByEachRuleInTurn() {
        List<String> fromLowest = List.of(
                "*", "+", // an earlier wildcard loses; at the same place, the one that ends in * loses
                "a*", "a/+/+/*", "a/+/c*", "a/*", // more + loses
                "a/+/+/d", "a/+/c", // more + loses
                "a/+/cc", "a/+/cd", // then the shorter, then the smaller
                "a/b*", "a/b/*", "a/b/+", // one without a wildcard wins, also here the longer and the greater
                "a", "a/b", "a/b/c", "a/b/d");
        for (int i = 1; i < fromLowest.size(); i++) {
            Pattern lower = Pattern.parse(fromLowest.get(i - 1));
            Pattern higher = Pattern.parse(fromLowest.get(i));
            assertTrue(Pattern.PRIORITY.compare(lower, higher) < 0, lower + " < " + higher);
            assertTrue(Pattern.PRIORITY.compare(higher, lower) > 0, higher + " > " + lower);
        }
    }
}
