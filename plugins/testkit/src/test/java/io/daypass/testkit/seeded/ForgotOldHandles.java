package io.daypass.testkit.seeded;

import io.daypass.plugin.Draft;
import io.daypass.plugin.Lifetime;
import io.daypass.plugin.Request;
import io.daypass.testkit.key.KeyEngine;

/** Handles got a component that those of earlier versions don't have. */
public final class ForgotOldHandles extends KeyEngine {
    record Longer(String name, String shelf) {}

    @Override
    protected void leases() {
        mount.leases("key", Longer.class, (handle, deadline) -> revoke(new Key(handle.name()), deadline))
                .issue("creds/{role}", Creds.class, this::longer);
    }

    private Draft<Longer, Creds> longer(Request request) {
        Longer handle = new Longer(request.name(64), "upper");
        Lifetime life = life(request);
        return Draft.of(handle, life, deadline -> mint(new Key(handle.name()), life, deadline));
    }
}
