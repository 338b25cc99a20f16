package io.daypass.broker.mount.draw;

import java.util.Optional;

/** The entries of {@code sys/policies/password}, as mounts see them. Doesn't block. */
@FunctionalInterface
public interface PasswordPolicies {
    /** The policy of that name, if there is one. */
    Optional<PasswordPolicy> find(String name);

    /**
     * How passwords are drawn.
     *
     * @param length in characters
     * @param alphabet the characters to draw from
     */
    record PasswordPolicy(int length, String alphabet) {}
}
