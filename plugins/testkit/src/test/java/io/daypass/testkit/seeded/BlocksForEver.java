package io.daypass.testkit.seeded;

import io.daypass.plugin.Deadline;
import io.daypass.testkit.key.KeyEngine;

/** It waits for the target without end. */
public final class BlocksForEver extends KeyEngine {
    @Override
    protected long patience(Deadline deadline) {
        return 0;
    }
}
