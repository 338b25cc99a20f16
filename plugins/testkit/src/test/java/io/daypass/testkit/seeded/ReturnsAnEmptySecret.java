package io.daypass.testkit.seeded;

import io.daypass.plugin.Secret;
import io.daypass.testkit.key.KeyEngine;

/** The secret is empty. */
public final class ReturnsAnEmptySecret extends KeyEngine {
    @Override
    protected Secret secret() {
        return Secret.of("");
    }
}
