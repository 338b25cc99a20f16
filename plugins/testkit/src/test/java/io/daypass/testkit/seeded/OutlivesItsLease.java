package io.daypass.testkit.seeded;

import io.daypass.plugin.Deadline;
import io.daypass.testkit.key.KeyEngine;

/** A lease that has expired is revoked by name of another. */
public final class OutlivesItsLease extends KeyEngine {
    @Override
    protected void revoke(Key key, Deadline deadline) throws Exception {
        ask(deadline, "DROP", key.name() + "-expired");
    }
}
