package io.daypass.plugin;

/** Why a lease ends. */
public enum Cause {
    /** Its time was over. */
    EXPIRED,
    /** Somebody asked for its end: by its id, its prefix, or its mount's. */
    REVOKED,
    /** The token that it was issued to ended before it. */
    HOLDER_ENDED,
    /** Its mount, or its target, is being removed. */
    UNMOUNTED,
    /** Nobody has it: its mint failed, or its answer could not be delivered. */
    NOT_DELIVERED,
    /** It was used up. */
    SPENT
}
