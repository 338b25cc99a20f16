package io.daypass.engine.hmac;

/** Who signs with a key. */
enum Sharing {
    /** Each lease has a key of its own: revoking it retires that key alone. */
    PER_LEASE,
    /** All holders of a role have the same key, which changes with time. */
    SHARED
}
