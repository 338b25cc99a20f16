package io.daypass.broker.mount.guard;

import java.util.function.Supplier;

/** Marks the time that a draft takes: what blocks, or draws, or asks for the time, is refused meanwhile. */
public final class Drafting {
    private static final ThreadLocal<Boolean> UNDER_WAY = new ThreadLocal<>();

    private Drafting() {}

    static <T> T during(Supplier<T> draft) {
        UNDER_WAY.set(Boolean.TRUE);
        try {
            return draft.get();
        } finally {
            UNDER_WAY.remove();
        }
    }

    /**
     * Stands at the beginning of what a draft must not do.
     *
     * @param what for the error
     * @throws IllegalStateException in a draft
     */
    public static void refuse(String what) {
        if (UNDER_WAY.get() != null) {
            throw new IllegalStateException(what + " is refused in a draft: it is a function of its request, which has"
                    + " the time and random bytes, and of the mount's tables");
        }
    }
}
