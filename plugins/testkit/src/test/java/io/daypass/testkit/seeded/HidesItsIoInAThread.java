package io.daypass.testkit.seeded;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Draft;
import io.daypass.plugin.Request;
import io.daypass.testkit.key.KeyEngine;
import java.time.Instant;

/** The draft has another thread ask the target. */
public final class HidesItsIoInAThread extends KeyEngine {
    @Override
    protected Draft<Key, Creds> draft(Request request) {
        Instant later = request.now().plusSeconds(1);
        Thread asking = new Thread(() -> {
            try {
                ask(new Deadline(later, request::now), "DROP", "nothing");
            } catch (Exception e) {
                // As if it had never been asked.
            }
        });
        asking.start();
        return super.draft(request);
    }
}
