package io.daypass.broker.mount.lane;

/** The two sorts of work that share a lane; while both wait they take turns, so that neither starves. */
public enum Side {
    /** What a caller waits for: mints, renewals, checks. */
    ASKED,
    /** What is due: revocations. */
    DUE
}
