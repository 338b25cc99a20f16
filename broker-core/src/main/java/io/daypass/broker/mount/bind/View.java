package io.daypass.broker.mount.bind;

/** For whom a record is written as JSON. */
enum View {
    /** Whoever may read the entry: no secrets, nothing of the engine's own. */
    SHOWN,
    /** The caller that a credential is minted for: secrets in clear. */
    ANSWERED,
    /** The store, sealed: everything, exactly. */
    STORED
}
