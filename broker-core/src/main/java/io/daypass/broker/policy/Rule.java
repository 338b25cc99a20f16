package io.daypass.broker.policy;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a policy says about one pattern.
 *
 * @param pattern the paths
 * @param capabilities what is allowed there; {@code deny} stands alone; empty: nothing is
 */
public record Rule(Pattern pattern, Set<Capability> capabilities) {
    public Rule {
        EnumSet<Capability> copy = EnumSet.noneOf(Capability.class);
        copy.addAll(capabilities.contains(Capability.DENY) ? EnumSet.of(Capability.DENY) : capabilities);
        capabilities = Collections.unmodifiableSet(copy);
    }
}
