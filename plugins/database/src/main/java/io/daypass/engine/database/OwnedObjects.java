package io.daypass.engine.database;

/** What becomes of what a user owns when it ends. */
enum OwnedObjects {
    /** It is given to the connection's login, or to whom the role says. */
    REASSIGN,
    /** It is dropped. */
    DROP
}
