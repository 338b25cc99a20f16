package io.daypass.testkit.seeded;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Secret;
import io.daypass.testkit.key.KeyEngine;
import java.time.Instant;

/** An entry says that it is done before the target was told. */
public final class SaysDoneTooSoon extends KeyEngine {
    @Override
    protected void replace(String name, Standing newest, Deadline deadline) throws Exception {
        Secret key = secret();
        Instant now = mount.clock().instant();
        standings.update(name, standing -> standing.with(key, now));
        ask(deadline, "SET", PREFIX + name, key.reveal());
    }
}
