package io.daypass.plugin;

import java.util.Objects;

/**
 * What will be created, worked out before it is: a function of its request and of the mount's tables, without I/O.
 *
 * @param handle what revocation will need, without secrets
 * @param lifetime from {@link Request#lifetime}
 * @param mint creates it
 * @param slow whether the mint of a kind without effect computes for longer than an event loop can wait, as RSA does
 */
public record Draft<H extends Record, A extends Record>(H handle, Lifetime lifetime, Mint<A> mint, boolean slow) {
    public Draft {
        Objects.requireNonNull(handle, "handle");
        Objects.requireNonNull(lifetime, "lifetime");
        Objects.requireNonNull(mint, "mint");
    }

    /** A draft whose mint is quick, or has an effect outside. */
    public static <H extends Record, A extends Record> Draft<H, A> of(H handle, Lifetime lifetime, Mint<A> mint) {
        return new Draft<>(handle, lifetime, mint, false);
    }

    /** The same, with its mint on the mount's lane even if it only computes. */
    public Draft<H, A> slowly() {
        return new Draft<>(handle, lifetime, mint, true);
    }
}
