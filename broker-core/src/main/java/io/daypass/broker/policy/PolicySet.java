package io.daypass.broker.policy;

import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Policies compiled for deciding: of all the patterns that match a path, the one of the highest priority decides
 * alone.
 *
 * <p>What several policies say about the same pattern is united, and {@code deny} wins. What no pattern speaks of is
 * denied. Immutable, and safe for any number of threads.
 */
public final class PolicySet {
    /** Nothing is allowed. */
    public static final PolicySet NONE = compile(List.of());

    private static final int UNSAID = 0;

    private final boolean root;
    private final Map<Pattern, Integer> said;
    private final Map<String, Integer> exact = new HashMap<>();
    private final Pattern[] wildcards;
    private final int[] masks;

    private PolicySet(boolean root, Map<Pattern, Integer> said) {
        this.root = root;
        this.said = Map.copyOf(said);
        said.forEach((pattern, mask) -> {
            if (pattern.isExact()) {
                exact.put(pattern.toString(), mask);
            }
        });
        this.wildcards = said.keySet().stream()
                .filter(pattern -> !pattern.isExact())
                .sorted(Pattern.PRIORITY.reversed())
                .toArray(Pattern[]::new);
        this.masks = new int[wildcards.length];
        for (int i = 0; i < wildcards.length; i++) {
            masks[i] = said.getOrDefault(wildcards[i], UNSAID);
        }
    }

    /** The set of these policies; their order doesn't matter. */
    public static PolicySet compile(Collection<Policy> policies) {
        Map<Pattern, Integer> said = new HashMap<>();
        for (Policy policy : policies) {
            for (Rule rule : policy.rules()) {
                said.merge(rule.pattern(), Capability.mask(rule.capabilities()), (a, b) -> a | b);
            }
        }
        return new PolicySet(policies.stream().anyMatch(Policy::isRoot), said);
    }

    /** Whether it allows everything because the policy {@code root} is among them. */
    public boolean isRoot() {
        return root;
    }

    /**
     * The decision.
     *
     * @param needed what the verb needs; {@code LIST} asks for the path with a slash at its end first, then without
     * @param path without a slash at either end
     */
    public boolean allows(Capability needed, String path) {
        return allows(needed.bit(), needed == Capability.LIST, path);
    }

    /** The decision where {@code sudo} is needed as well. */
    public boolean allowsAsSudo(Capability needed, String path) {
        return allows(needed.bit() | Capability.SUDO.bit(), needed == Capability.LIST, path);
    }

    /**
     * What is allowed on a path, as it is written: with a slash at its end it is the path of a LIST.
     *
     * @return empty if nothing is, whether for a {@code deny} or because nothing speaks of it
     */
    public Set<Capability> capabilities(String path) {
        if (root) {
            return EnumSet.complementOf(EnumSet.of(Capability.DENY));
        }
        boolean slash = path.endsWith("/");
        return Capability.ofMask(effective(mask(slash ? path.substring(0, path.length() - 1) : path, slash)));
    }

    /** The same as {@code sys/capabilities} answers it: sorted; {@code root} for root, {@code deny} for nothing. */
    public List<String> capabilityNames(String path) {
        if (root) {
            return List.of("root");
        }
        Set<Capability> allowed = capabilities(path);
        return allowed.isEmpty()
                ? List.of(Capability.DENY.text())
                : allowed.stream()
                        .map(Capability::text)
                        .sorted(Comparator.naturalOrder())
                        .toList();
    }

    /**
     * Whether something is allowed on some path below a mount.
     *
     * @param mount its path, with the slash at its end
     */
    public boolean reachesInto(String mount) {
        return root
                || said.entrySet().stream()
                        .anyMatch(rule -> rule.getKey().reachesInto(mount) && effective(rule.getValue()) != UNSAID);
    }

    private boolean allows(int needed, boolean list, String path) {
        return root || (effective(mask(path, list)) & needed) == needed;
    }

    private static int effective(int mask) {
        return (mask & Capability.DENY.bit()) == 0 ? mask : UNSAID;
    }

    /**
     * The bits that decide. For a LIST, each of the two kinds of pattern is asked with the slash, then without; exact
     * ones come first altogether, as in Vault, so that an exact {@code deny} on {@code a/b} is not overruled by a
     * {@code list} on {@code a/*}.
     */
    private int mask(String path, boolean list) {
        String first = list ? path + '/' : path;
        Integer mask = exact.get(first);
        if (mask == null && list) {
            mask = exact.get(path);
        }
        if (mask != null) {
            return mask;
        }
        int at = highest(first);
        if (at < 0 && list) {
            at = highest(path);
        }
        return at < 0 ? UNSAID : masks[at];
    }

    private int highest(String path) {
        for (int i = 0; i < wildcards.length; i++) {
            if (wildcards[i].matches(path)) {
                return i;
            }
        }
        return -1;
    }
}
