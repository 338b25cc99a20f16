package io.daypass.lease;

/** Where a lease is in its life. States only move forward; after {@link #REVOKING} the row is gone. */
public enum LeaseState {
    /** Written down; its credential may or may not exist yet. */
    PENDING,
    /** Minted and handed out. */
    ACTIVE,
    /** Ending; the row stays until its target is known to hold nothing of it. */
    REVOKING
}
