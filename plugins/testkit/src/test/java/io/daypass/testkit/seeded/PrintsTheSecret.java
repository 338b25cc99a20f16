package io.daypass.testkit.seeded;

import io.daypass.plugin.Draft;
import io.daypass.plugin.Lifetime;
import io.daypass.plugin.Request;
import io.daypass.plugin.Secret;
import io.daypass.testkit.key.KeyEngine;

/** The answer prints its secret. */
public final class PrintsTheSecret extends KeyEngine {
    record Telling(String name, Secret key) {
        @Override
        public String toString() {
            return name + " opens with " + key.reveal();
        }
    }

    @Override
    protected void leases() {
        declared(mount.leases("key", Key.class, this::revoke)).issue("creds/{role}", Telling.class, this::telling);
    }

    private Draft<Key, Telling> telling(Request request) {
        Key key = new Key(request.name(64));
        Lifetime life = life(request);
        return Draft.of(key, life, deadline -> {
            Creds creds = mint(key, life, deadline);
            return new Telling(creds.name(), creds.key());
        });
    }
}
