package io.daypass.testkit.seeded;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Lifetime;
import io.daypass.testkit.key.KeyEngine;

/** What is minted has another name than what was drafted. */
public final class MintsAnother extends KeyEngine {
    @Override
    protected Creds mint(Key key, Lifetime life, Deadline deadline) throws Exception {
        return super.mint(new Key(key.name() + "-1"), life, deadline);
    }
}
