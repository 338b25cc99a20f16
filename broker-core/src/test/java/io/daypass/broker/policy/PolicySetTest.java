package io.daypass.broker.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicySetTest {
    @Test
    void allows_withoutPolicies_nothing() {
        for (Capability capability : Capability.values()) {
            assertFalse(PolicySet.NONE.allows(capability, "a"));
        }
        assertEquals(List.of("deny"), PolicySet.NONE.capabilityNames("a"));
    }

    @Test
    void allows_withRoot_everything() {
        PolicySet set = PolicySet.compile(List.of(Policy.ROOT, policy("a=deny")));
        assertTrue(set.isRoot());
        assertTrue(set.allows(Capability.DELETE, "a"));
        assertTrue(set.allowsAsSudo(Capability.UPDATE, "sys/seal"));
        assertEquals(List.of("root"), set.capabilityNames("a"));
        assertFalse(set.capabilities("a").contains(Capability.DENY));
    }

    @ParameterizedTest
    @CsvSource({
        // rules of all policies; what is asked; the answer
        "a/*=read a/b=deny, a/b, read, false",
        "a/*=read a/b=deny, a/c, read, true",
        "a/*=deny a/b=read, a/b, read, true",
        "a/+=deny a/b*=read, a/b, read, true",
        "a/*=deny a/+=read, a/b, read, true",
        "+/b=read a/*=list, a/b, read, false",
        "a/+/c=read a/b/*=deny, a/b/c, read, false",
        "a=, a, read, false",
        "*=read a=, a, read, false",
        "a=deny|read, a, read, false",
        "a=read, A, read, false",
        "a=update, a, create, false",
        "a=create, a, update, false",
        "a=sudo, a, read, false",
        // LIST
        "a/=list, a, list, true",
        "a=list, a, list, true",
        "a/*=list, a, list, true",
        "a/*=list a=deny, a, list, false",
        "a/=list a=deny, a, list, true",
        "a/=deny a=list, a, list, false",
        "a/b*=deny a/b=list, a/b, list, true",
        "a/+=list, a/b, list, true",
        "a/+=list a/b/*=deny, a/b, list, false",
        "a/=read, a, read, false",
    })
    void allows_decides(String rules, String path, String needed, boolean expected) {
        PolicySet set = PolicySet.compile(List.of(policy(rules)));
        assertEquals(expected, set.allows(Capability.of(needed).orElseThrow(), path));
    }

    @Test
    void allows_unitesPoliciesOnOnePattern_denyWins() {
        Policy reads = policy("a/*=read");
        Policy lists = policy("a/*=list");
        PolicySet both = PolicySet.compile(List.of(reads, lists));
        assertTrue(both.allows(Capability.READ, "a/b"));
        assertTrue(both.allows(Capability.LIST, "a/b"));
        assertEquals(List.of("list", "read"), both.capabilityNames("a/b"));
        PolicySet denied = PolicySet.compile(List.of(reads, policy("a/*=deny"), lists));
        assertFalse(denied.allows(Capability.READ, "a/b"));
        assertEquals(Set.of(), denied.capabilities("a/b"));
    }

    @Test
    void allowsAsSudo_needsBoth() {
        PolicySet set = PolicySet.compile(List.of(policy("a=sudo|update b=sudo c=update")));
        assertTrue(set.allowsAsSudo(Capability.UPDATE, "a"));
        assertFalse(set.allowsAsSudo(Capability.READ, "a"));
        assertFalse(set.allowsAsSudo(Capability.UPDATE, "b"));
        assertFalse(set.allowsAsSudo(Capability.UPDATE, "c"));
    }

    @Test
    void capabilities_ofPathWithSlash_areThoseOfItsList() {
        PolicySet set = PolicySet.compile(List.of(policy("a=list b/=list")));
        assertEquals(Set.of(Capability.LIST), set.capabilities("a/"));
        assertEquals(Set.of(Capability.LIST), set.capabilities("b/"));
        assertEquals(Set.of(), set.capabilities("b"));
    }

    @Test
    void allows_ofRandomPolicies_isWhatTheOracleSays() {
        for (long seed = 1; seed <= 3_000; seed++) {
            Random random = new Random(seed);
            List<Policy> policies = new ArrayList<>();
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                policies.add(randomPolicy(random));
            }
            PolicySet set = PolicySet.compile(policies);
            for (int i = 0; i < 20; i++) {
                String path = randomPath(random);
                for (Capability needed : EnumSet.of(Capability.READ, Capability.LIST, Capability.UPDATE)) {
                    long failing = seed;
                    assertEquals(
                            Oracle.allows(policies, needed, path),
                            set.allows(needed, path),
                            () -> "seed " + failing + ": " + needed + " " + path + "\n" + policies);
                }
            }
        }
    }

    private static Policy randomPolicy(Random random) {
        StringBuilder rules = new StringBuilder();
        List<String> patterns = new ArrayList<>();
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            String pattern = randomPath(random, "a", "b", "aa", "+", "+");
            pattern += List.of("", "", "/", "/*", "*").get(random.nextInt(5));
            if (pattern.contains("+*") || patterns.contains(pattern)) {
                continue;
            }
            patterns.add(pattern);
            rules.append(pattern)
                    .append('=')
                    .append(List.of("read", "list", "update", "deny", "", "read|list")
                            .get(random.nextInt(6)))
                    .append(' ');
        }
        return policy(rules.toString());
    }

    private static String randomPath(Random random, String... segments) {
        String[] from = segments.length == 0 ? new String[] {"a", "b", "aa", "ab"} : segments;
        List<String> path = new ArrayList<>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            path.add(from[random.nextInt(from.length)]);
        }
        return String.join("/", path);
    }

    /** {@code a/*=read|list b=deny}. */
    private static Policy policy(String rules) {
        StringBuilder text = new StringBuilder();
        for (String rule : rules.strip().split(" +", -1)) {
            if (rule.isEmpty()) {
                continue;
            }
            int at = rule.indexOf('=');
            String list = rule.substring(at + 1).replace("|", "\", \"");
            text.append("path \"").append(rule, 0, at).append("\" { capabilities = [");
            text.append(list.isEmpty() ? "" : '"' + list + '"').append("] }\n");
        }
        return Policy.parse("p", text.toString());
    }
}
