package io.daypass.testkit.seeded;

import io.daypass.plugin.Deadline;
import io.daypass.testkit.key.KeyEngine;

/** It waits for the target for as long as it likes. */
public final class IgnoresTheDeadline extends KeyEngine {
    @Override
    protected long patience(Deadline deadline) {
        return 6_000;
    }
}
