package io.daypass.broker.policy;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The decision once more, from the rules' texts alone: slow, and written for being read beside the rule of priority. */
final class Oracle {
    private Oracle() {}

    static boolean allows(List<Policy> policies, Capability needed, String path) {
        List<Rule> rules = policies.stream().flatMap(p -> p.rules().stream()).toList();
        Set<Capability> said = deciding(rules, needed == Capability.LIST, path)
                .map(pattern -> rules.stream()
                        .filter(r -> text(r).equals(pattern))
                        .flatMap(r -> r.capabilities().stream())
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
        return said.contains(needed) && !said.contains(Capability.DENY);
    }

    private static Optional<String> deciding(List<Rule> rules, boolean list, String path) {
        List<String> patterns = rules.stream().map(Oracle::text).toList();
        Stream<Optional<String>> inTurn = list
                ? Stream.of(
                        exact(patterns, path + "/"),
                        exact(patterns, path),
                        best(patterns, path + "/"),
                        best(patterns, path))
                : Stream.of(exact(patterns, path), best(patterns, path));
        return inTurn.flatMap(Optional::stream).findFirst();
    }

    private static Optional<String> exact(List<String> patterns, String path) {
        return patterns.stream().filter(p -> !wild(p) && p.equals(path)).findFirst();
    }

    private static Optional<String> best(List<String> patterns, String path) {
        return patterns.stream()
                .filter(p -> wild(p) && path.matches(regex(p)))
                .max(Comparator.comparing(Oracle::firstWildcard)
                        .thenComparing(p -> p.endsWith("*") ? 0 : 1)
                        .thenComparing(p -> -plusses(p))
                        .thenComparing(String::length)
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static String regex(String pattern) {
        String rest = pattern.endsWith("*") ? ".*" : "";
        String segments = pattern.replaceAll("\\*$", "").replaceAll("(?<=^|/)\\+(?=/|$)", "[^/]*");
        return segments + rest;
    }

    private static boolean wild(String pattern) {
        return pattern.contains("+") || pattern.contains("*");
    }

    private static int firstWildcard(String pattern) {
        return pattern.replace('*', '+').indexOf('+');
    }

    private static int plusses(String pattern) {
        return (int) pattern.chars().filter(c -> c == '+').count();
    }

    private static String text(Rule rule) {
        return rule.pattern().toString();
    }
}
