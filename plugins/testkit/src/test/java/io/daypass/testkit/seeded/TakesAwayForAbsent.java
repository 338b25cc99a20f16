package io.daypass.testkit.seeded;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Unavailable;
import io.daypass.testkit.key.KeyEngine;
import java.io.IOException;

/** A target that can't be reached has nothing. */
public final class TakesAwayForAbsent extends KeyEngine {
    @Override
    protected void revoke(Key key, Deadline deadline) throws Exception {
        try {
            super.revoke(key, deadline);
        } catch (IOException | Unavailable e) {
            // As if there were nothing.
        }
    }
}
