package io.daypass.testkit.seeded;

import io.daypass.plugin.Doc;
import io.daypass.plugin.Mount;
import io.daypass.testkit.key.KeyEngine;
import java.util.List;

/** A reader of the configuration is shown a password, which it doesn't call one. */
public final class ShowsItsPassword extends KeyEngine {
    record Shown(@Doc("How to get in") String entrance) {}

    @Override
    public void open(Mount declared) {
        mount = declared;
        config = mount.collection(
                "config",
                Config.class,
                (name, entry, deadline) -> List.of(),
                Shown.class,
                written -> new Shown("by " + written.password().reveal()));
        roles = mount.collection("roles/{role}", Role.class);
        standing();
        leases();
    }
}
