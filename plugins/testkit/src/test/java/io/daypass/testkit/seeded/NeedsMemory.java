package io.daypass.testkit.seeded;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Lifetime;
import io.daypass.testkit.key.KeyEngine;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Revocation needs what only the process that minted knows. */
public final class NeedsMemory extends KeyEngine {
    private static final Set<String> MINE = ConcurrentHashMap.newKeySet();

    @Override
    protected Creds mint(Key key, Lifetime life, Deadline deadline) throws Exception {
        MINE.add(key.name());
        return super.mint(key, life, deadline);
    }

    @Override
    protected void revoke(Key key, Deadline deadline) throws Exception {
        if (MINE.contains(key.name())) {
            super.revoke(key, deadline);
        }
    }
}
