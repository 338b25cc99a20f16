package io.daypass.broker.mount;

import io.daypass.broker.api.Route;
import io.daypass.broker.api.Verb;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The routes of one mount, by the segments of their patterns: a tree in which a literal is tried before a variable, and
 * that before a rest. Doesn't change once it is built.
 */
final class RouteTable {
    private final Node root = new Node();

    /** @throws IllegalArgumentException if two routes are the same */
    RouteTable(Collection<Route> routes) {
        routes.forEach(this::add);
    }

    /**
     * What was found.
     *
     * @param route null: nothing serves that verb there
     * @param variables of its pattern
     * @param known whether the path is served by some verb, or asked to be listed and has something below it
     */
    record Match(@Nullable Route route, Map<String, String> variables, boolean known) {}

    private static final class Node {
        final Map<String, Node> literals = new HashMap<>();
        final EnumMap<Verb, Leaf> leaves = new EnumMap<>(Verb.class);
        final EnumMap<Verb, Leaf> rests = new EnumMap<>(Verb.class);

        @Nullable
        Node variable;

        boolean hasBelow() {
            return variable != null || !literals.isEmpty() || !rests.isEmpty();
        }
    }

    private record Leaf(Route route, List<String> names) {}

    private void add(Route route) {
        Node node = root;
        List<String> names = new ArrayList<>();
        for (String segment :
                route.pattern().isEmpty() ? new String[0] : route.pattern().split("/")) {
            if (segment.startsWith("{") && segment.endsWith("...}")) {
                names.add(segment.substring(1, segment.length() - 4));
                put(node.rests, route, names);
                return;
            }
            node = step(node, segment, names);
        }
        put(node.leaves, route, names);
    }

    private static Node step(Node node, String segment, List<String> names) {
        if (!segment.startsWith("{")) {
            return node.literals.computeIfAbsent(segment, s -> new Node());
        }
        names.add(segment.substring(1, segment.length() - 1));
        if (node.variable == null) {
            node.variable = new Node();
        }
        return node.variable;
    }

    private static void put(EnumMap<Verb, Leaf> leaves, Route route, List<String> names) {
        if (leaves.put(route.verb(), new Leaf(route, names)) != null) {
            throw new IllegalArgumentException(route.verb() + " " + route.pattern() + " is served twice");
        }
    }

    /** Finds what serves a path, given from {@code from} on. */
    Match find(Verb verb, List<String> path, int from) {
        Search search = new Search(verb, path);
        Leaf leaf = search.at(root, from);
        if (leaf == null) {
            return new Match(null, Map.of(), search.known);
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < leaf.names().size(); i++) {
            variables.put(leaf.names().get(i), search.values.get(i));
        }
        return new Match(leaf.route(), variables, true);
    }

    private static final class Search {
        private final Verb verb;
        private final List<String> path;
        private final List<String> values = new ArrayList<>();
        private boolean known;

        Search(Verb verb, List<String> path) {
            this.verb = verb;
            this.path = path;
        }

        @Nullable
        Leaf at(Node node, int i) {
            if (i == path.size()) {
                known |= !node.leaves.isEmpty() || (verb == Verb.LIST && node.hasBelow());
                return node.leaves.get(verb);
            }
            Node literal = node.literals.get(path.get(i));
            Leaf found = literal == null ? null : at(literal, i + 1);
            if (found == null && node.variable != null) {
                found = with(path.get(i), node.variable, i + 1);
            }
            if (found == null && !node.rests.isEmpty()) {
                known = true;
                found = node.rests.get(verb);
                if (found != null) {
                    values.add(String.join("/", path.subList(i, path.size())));
                }
            }
            return found;
        }

        private @Nullable Leaf with(String value, Node node, int next) {
            int before = values.size();
            values.add(value);
            Leaf found = at(node, next);
            if (found == null) {
                values.subList(before, values.size()).clear();
            }
            return found;
        }
    }
}
