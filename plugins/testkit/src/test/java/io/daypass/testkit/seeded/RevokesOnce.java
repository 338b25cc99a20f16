package io.daypass.testkit.seeded;

import io.daypass.plugin.Deadline;
import io.daypass.testkit.key.KeyEngine;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A second revocation of the same key fails. */
public final class RevokesOnce extends KeyEngine {
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();

    @Override
    protected void revoke(Key key, Deadline deadline) throws Exception {
        if (!revoked.add(key.name())) {
            throw new IllegalStateException("it is revoked already");
        }
        super.revoke(key, deadline);
    }
}
