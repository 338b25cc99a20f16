package io.daypass.testkit.seeded;

import io.daypass.plugin.Deadline;
import io.daypass.testkit.key.KeyEngine;

/** What is absent can't be revoked. */
public final class WantsItThere extends KeyEngine {
    @Override
    protected void revoke(Key key, Deadline deadline) throws Exception {
        if (ask(deadline, "DROP", key.name()).equals("OK absent")) {
            throw new IllegalStateException("there is no such key");
        }
    }
}
