package io.daypass.testkit.seeded;

import io.daypass.plugin.Secret;
import io.daypass.testkit.key.KeyEngine;

/** All keys are alike. */
public final class RepeatsItsSecret extends KeyEngine {
    private final String once = "a-secret-that-everybody-gets";

    @Override
    protected Secret secret() {
        return Secret.of(once);
    }
}
