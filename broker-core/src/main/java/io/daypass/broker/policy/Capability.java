package io.daypass.broker.policy;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a policy can allow on a path, or forbid. */
public enum Capability {
    /** Writing what isn't there yet. */
    CREATE(1 << 0),
    /** GET. */
    READ(1 << 1),
    /** Writing what is there, and every action. */
    UPDATE(1 << 2),
    /** DELETE. */
    DELETE(1 << 3),
    /** LIST. */
    LIST(1 << 4),
    /** PATCH. */
    PATCH(1 << 5),
    /** Paths that need more than the usual: with the capability of the verb, never instead of it. */
    SUDO(1 << 6),
    /** Nothing at all, whatever else is said for the same pattern. */
    DENY(1 << 7);

    private final int bit;

    Capability(int bit) {
        this.bit = bit;
    }

    /** As policies write it: {@code read}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The capability that policies write so, if there is one. */
    public static Optional<Capability> of(String text) {
        return Arrays.stream(values()).filter(c -> c.text().equals(text)).findFirst();
    }

    /** All of them, for an error's text. */
    static String all() {
        return Arrays.stream(values()).map(Capability::text).collect(Collectors.joining(", "));
    }

    /** A set as bits, so that a decision is one AND. */
    static int mask(Collection<Capability> capabilities) {
        int mask = 0;
        for (Capability capability : capabilities) {
            mask |= capability.bit();
        }
        return mask;
    }

    /** The set that these bits are. */
    static Set<Capability> ofMask(int mask) {
        EnumSet<Capability> set = EnumSet.noneOf(Capability.class);
        for (Capability capability : values()) {
            if ((mask & capability.bit()) != 0) {
                set.add(capability);
            }
        }
        return set;
    }

    int bit() {
        return bit;
    }
}
