package io.daypass.plugin;

import java.util.Objects;

/**
 * What will be created, worked out before it is: a function of its request and of the mount's tables, without I/O.
 *
 * @param handle what revocation will need, without secrets
 * @param lifetime from {@link Request#lifetime}
 * @param mint creates it
 */
public record Draft<H extends Record, A extends Record>(H handle, Lifetime lifetime, Mint<A> mint) {
    public Draft {
        Objects.requireNonNull(handle, "handle");
        Objects.requireNonNull(lifetime, "lifetime");
        Objects.requireNonNull(mint, "mint");
    }

    /** The same as the constructor, with its types inferred. */
    public static <H extends Record, A extends Record> Draft<H, A> of(H handle, Lifetime lifetime, Mint<A> mint) {
        return new Draft<>(handle, lifetime, mint);
    }
}
