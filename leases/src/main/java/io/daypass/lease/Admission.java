package io.daypass.lease;

/** What became of a lease that was to begin. Only {@link #BEGUN} may be minted. */
public enum Admission {
    /** It is durable. */
    BEGUN,
    /** Its parent has ended, is ending, or never was. */
    PARENT_ENDED,
    /** Its mount or its target is closed. */
    CLOSED,
    /** Another lease has this alias. */
    ALIAS_TAKEN
}
