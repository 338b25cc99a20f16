package io.daypass.testkit.seeded;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Lifetime;
import io.daypass.testkit.key.KeyEngine;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What was only half made is not looked for. */
public final class ForgetsHalves extends KeyEngine {
    private final Set<String> whole = ConcurrentHashMap.newKeySet();
    private final Set<String> begun = ConcurrentHashMap.newKeySet();

    @Override
    protected Creds mint(Key key, Lifetime life, Deadline deadline) throws Exception {
        begun.add(key.name());
        Creds creds = super.mint(key, life, deadline);
        whole.add(key.name());
        return creds;
    }

    @Override
    protected void revoke(Key key, Deadline deadline) throws Exception {
        if (whole.contains(key.name()) || !begun.contains(key.name())) {
            super.revoke(key, deadline);
        }
    }

    @Override
    protected boolean settle(Key key, Instant mintDeadline, Deadline deadline) throws Exception {
        revoke(key, deadline);
        return mount.clock().instant().isAfter(mintDeadline);
    }
}
