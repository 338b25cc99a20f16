package io.daypass.testkit.seeded;

import io.daypass.plugin.Lifetime;
import io.daypass.plugin.Request;
import io.daypass.testkit.key.KeyEngine;
import java.time.Instant;

/** The lifetime is longer than the one that was worked out. */
public final class LivesTooLong extends KeyEngine {
    @Override
    protected Lifetime life(Request request) {
        Lifetime given = super.life(request);
        Instant longer = given.expiresAt().plusSeconds(3600);
        return new Lifetime(longer, longer, given.renewable(), given.boundBy());
    }
}
