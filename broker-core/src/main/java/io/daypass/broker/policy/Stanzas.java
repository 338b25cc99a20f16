package io.daypass.broker.policy;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gathers what a text says; the checks that don't depend on its form. */
final class Stanzas {
    /** The most patterns in one policy. */
    static final int MAX_PATTERNS = 2_000;

    /** Keys that other brokers evaluate. Each narrows access, so leaving one out would widen it. */
    private static final Set<String> NOT_EVALUATED = Set.of(
            "policy",
            "allowed_parameters",
            "denied_parameters",
            "required_parameters",
            "min_wrapping_ttl",
            "max_wrapping_ttl",
            "mfa_methods",
            "control_group",
            "expiration",
            "pagination_limit",
            "response_keys_filter_path",
            "list_scan_response_keys_filter_path",
            "subscribe_event_types");

    private final Map<Pattern, EnumSet<Capability>> patterns = new LinkedHashMap<>();

    /**
     * Begins a stanza. A second one for the same pattern adds to the first, as in Vault, and {@code deny} wins: so no
     * order of stanzas can widen what one of them says.
     */
    Set<Capability> begin(String path, Position at) {
        Pattern pattern;
        try {
            pattern = Pattern.parse(path);
        } catch (IllegalArgumentException e) {
            throw new PolicyException(at, "the path " + e.getMessage());
        }
        EnumSet<Capability> capabilities = patterns.computeIfAbsent(pattern, p -> EnumSet.noneOf(Capability.class));
        if (patterns.size() > MAX_PATTERNS) {
            throw new PolicyException(at, "the policy has more than " + MAX_PATTERNS + " paths; split it in two");
        }
        return capabilities;
    }

    /** The capability of that name. */
    static Capability capability(String name, Position at) {
        Optional<Capability> capability = Capability.of(name);
        return capability.orElseThrow(() ->
                new PolicyException(at, "unknown capability " + quoted(name) + "; there are " + Capability.all()));
    }

    /** Why a key in a stanza can't be taken. */
    static PolicyException unknownKey(String key, Position at) {
        if (NOT_EVALUATED.contains(key)) {
            return new PolicyException(
                    at,
                    "we don't evaluate " + quoted(key)
                            + ", and ignoring it would allow more than was meant; remove it, or narrow the path");
        }
        return new PolicyException(at, "unknown key " + quoted(key) + "; a stanza has only \"capabilities\"");
    }

    /** Why a key at the top can't be taken. */
    static PolicyException unknownTopKey(String key, Position at) {
        return new PolicyException(at, "unknown key " + quoted(key) + "; a policy has only \"path\" and \"name\"");
    }

    /** Why a key can't be there again. */
    static PolicyException repeated(String key, Position at) {
        return new PolicyException(at, "the key " + quoted(key) + " is there already; which one counts?");
    }

    /** What was gathered. */
    List<Rule> rules() {
        return patterns.entrySet().stream()
                .map(e -> new Rule(e.getKey(), e.getValue()))
                .toList();
    }

    /** A word of the text for an error's text: short, and on one line. */
    static String quoted(String word) {
        String shortened = word.length() > 40 ? word.substring(0, 40) + "..." : word;
        StringBuilder quoted = new StringBuilder("\"");
        shortened.chars().forEach(c -> quoted.append(Character.isISOControl(c) ? '?' : (char) c));
        return quoted.append('"').toString();
    }
}
