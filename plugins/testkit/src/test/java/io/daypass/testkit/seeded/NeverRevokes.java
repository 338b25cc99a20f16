package io.daypass.testkit.seeded;

import io.daypass.plugin.Deadline;
import io.daypass.testkit.key.KeyEngine;

/** Revocation does nothing. */
public final class NeverRevokes extends KeyEngine {
    @Override
    protected void revoke(Key key, Deadline deadline) {}
}
