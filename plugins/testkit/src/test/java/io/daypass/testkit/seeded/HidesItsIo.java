package io.daypass.testkit.seeded;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Draft;
import io.daypass.plugin.Request;
import io.daypass.testkit.key.KeyEngine;
import java.time.Instant;

/** The draft asks the target, and takes no for an answer. */
public final class HidesItsIo extends KeyEngine {
    @Override
    protected Draft<Key, Creds> draft(Request request) {
        Instant later = request.now().plusSeconds(1);
        try {
            ask(new Deadline(later, request::now), "DROP", "nothing");
        } catch (Exception e) {
            // As if it had never been asked.
        }
        return super.draft(request);
    }
}
