package io.daypass.testkit.seeded;

import io.daypass.plugin.Secret;
import io.daypass.testkit.key.KeyEngine;

/** The secret can be guessed. */
public final class ReturnsAShortSecret extends KeyEngine {
    @Override
    protected Secret secret() {
        return mount.password(12, Secret.LETTERS_AND_DIGITS);
    }
}
