package io.daypass.testkit.seeded;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Draft;
import io.daypass.plugin.Request;
import io.daypass.plugin.Unavailable;
import io.daypass.testkit.key.KeyEngine;
import java.time.Instant;

/** The draft asks the target. */
public final class DraftsWithIo extends KeyEngine {
    @Override
    protected Draft<Key, Creds> draft(Request request) {
        Instant later = request.now().plusSeconds(1);
        try {
            ask(new Deadline(later, request::now), "DROP", "nothing");
        } catch (Exception e) {
            throw new Unavailable("the target is not there", e);
        }
        return super.draft(request);
    }
}
