package io.daypass.benchmarks.engine;

import io.daypass.plugin.Default;
import io.daypass.plugin.Doc;
import io.daypass.plugin.Draft;
import io.daypass.plugin.Engine;
import io.daypass.plugin.Mount;
import io.daypass.plugin.Request;
import io.daypass.plugin.Secret;
import io.daypass.plugin.Table;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/** Random keys that are known to nobody but the caller: all that a lease costs, and no target. */
@Extension
public final class NoEffectEngine implements Engine {
    private @Nullable Table<Role> roles;

    @Override
    public String type() {
        return "noeffect";
    }

    @Override
    public void open(Mount mount) {
        roles = mount.collection("roles/{role}", Role.class);
        mount.leases("key", Key.class).issue("creds/{role}", Creds.class, this::draft);
    }

    private Draft<Key, Creds> draft(Request request) {
        if (roles == null) {
            throw new IllegalStateException("a draft before open");
        }
        Role role = roles.named(request.at("role"));
        Key key = new Key(request.name(64), role.algorithm());
        Secret secret = Secret.base64(request.random(32));
        return Draft.of(
                key,
                request.lifetime(role.ttl(), role.maxTtl()),
                deadline -> new Creds(key.name(), key.algorithm(), secret));
    }

    /** How long keys live. */
    public record Role(
            @Doc("Name of the algorithm, passed on") @Default("sha256")
            String algorithm,

            @Doc("Life of a key") @Default("1h") Duration ttl,

            @Doc("Life of a key that is renewed") @Default("24h")
            Duration maxTtl) {}

    /** The handle. */
    public record Key(String name, String algorithm) {}

    /** The answer. */
    public record Creds(String keyId, String algorithm, Secret key) {}
}
