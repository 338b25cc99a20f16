package io.daypass.testkit.seeded;

import io.daypass.plugin.Draft;
import io.daypass.plugin.Request;
import io.daypass.plugin.Secret;
import io.daypass.testkit.key.KeyEngine;
import java.util.HexFormat;

/** The secret is in the handle, as a text that nobody recognises. */
public final class KeepsTheSecretInItsHandle extends KeyEngine {
    record Telling(String name, String note) {}

    @Override
    protected void leases() {
        mount.leases("key", Telling.class, (handle, deadline) -> revoke(new Key(handle.name()), deadline))
                .issue("creds/{role}", Creds.class, this::telling);
    }

    private Draft<Telling, Creds> telling(Request request) {
        String text = HexFormat.of().formatHex(request.random(16));
        Telling handle = new Telling(request.name(64), "opens with " + text);
        return Draft.of(handle, life(request), deadline -> {
            ask(deadline, "NAME", handle.name(), request.now().plusSeconds(60), deadline.at());
            ask(deadline, "KEY", handle.name(), text, deadline.at());
            return new Creds(handle.name(), Secret.of(text));
        });
    }
}
