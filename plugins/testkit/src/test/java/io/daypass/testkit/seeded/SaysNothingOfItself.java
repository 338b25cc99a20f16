package io.daypass.testkit.seeded;

import io.daypass.plugin.Default;
import io.daypass.testkit.key.KeyEngine;

/** An entry has a component that nobody can know the meaning of. */
public final class SaysNothingOfItself extends KeyEngine {
    record Extra(@Default("3") int weight) {}

    @Override
    protected void leases() {
        super.leases();
        mount.collection("extra", Extra.class);
    }
}
