package io.daypass.testkit.seeded;

import io.daypass.plugin.Deadline;
import io.daypass.testkit.key.KeyEngine;
import java.time.Instant;

/** The target isn't told of a renewal. */
public final class RenewsNothing extends KeyEngine {
    @Override
    protected void extend(Key key, Instant until, Deadline deadline) {}
}
