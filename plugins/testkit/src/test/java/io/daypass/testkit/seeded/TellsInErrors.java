package io.daypass.testkit.seeded;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Lifetime;
import io.daypass.plugin.Unavailable;
import io.daypass.testkit.key.KeyEngine;
import java.io.IOException;

/** An error tells the secret of an earlier call. */
public final class TellsInErrors extends KeyEngine {
    private volatile String last = "";

    @Override
    protected Creds mint(Key key, Lifetime life, Deadline deadline) throws Exception {
        Creds creds = super.mint(key, life, deadline);
        last = creds.key().reveal();
        return creds;
    }

    @Override
    protected void revoke(Key key, Deadline deadline) throws Exception {
        try {
            super.revoke(key, deadline);
        } catch (IOException | Unavailable e) {
            throw new Unavailable("the key " + last + " is still there", e);
        }
    }
}
