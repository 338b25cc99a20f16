package io.daypass.testkit.seeded;

import io.daypass.plugin.Deadline;
import io.daypass.testkit.key.KeyEngine;

/** Revocation asks the role how. */
public final class NeedsRole extends KeyEngine {
    @Override
    protected void revoke(Key key, Deadline deadline) throws Exception {
        roles.named("reader");
        super.revoke(key, deadline);
    }
}
