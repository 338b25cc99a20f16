package io.daypass.config;

/** What can protect the root key. */
public enum SealType implements Word {
    /** Shares. */
    SHAMIR,
    /** A file. */
    FILE,
    /** This process alone. */
    MEMORY
}
