package io.daypass.testkit.seeded;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Refused;
import io.daypass.testkit.key.KeyEngine;
import java.time.Instant;

/** A renewal of what is gone makes it again. */
public final class MakesByExtending extends KeyEngine {
    @Override
    protected void extend(Key key, Instant until, Deadline deadline) throws Exception {
        try {
            super.extend(key, until, deadline);
        } catch (Refused e) {
            ask(deadline, "NAME", key.name(), until, deadline.at());
        }
    }
}
