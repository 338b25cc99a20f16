package io.daypass.broker.sys;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Call;
import io.daypass.broker.api.Reply;
import io.daypass.broker.api.Route;
import io.daypass.broker.api.Verb;
import io.daypass.broker.mount.MountEntry;
import io.daypass.broker.mount.Mounts;
import io.daypass.broker.policy.Authorizer;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** {@code sys/auth}, where {@code token/} always is, and what the UI's paths tell clients of mounts. */
public final class SysAuth {
    private final Mounts mounts;
    private final Authorizer authorizer;
    private final Duration defaultTtl;
    private final Duration maxTtl;

    /**
     * @param mounts that there are
     * @param authorizer who says what a caller may see
     * @param defaultTtl of tokens
     * @param maxTtl of tokens
     */
    public SysAuth(Mounts mounts, Authorizer authorizer, Duration defaultTtl, Duration maxTtl) {
        this.mounts = mounts;
        this.authorizer = authorizer;
        this.defaultTtl = defaultTtl;
        this.maxTtl = maxTtl;
    }

    /** The routes. */
    public Stream<Route> routes() {
        return Stream.of(
                Route.of(Verb.READ, "sys/auth", this::list),
                Route.of(Verb.READ, "sys/auth/token", call -> Future.succeededFuture(Reply.legacy(token()))),
                Route.of(Verb.READ, "sys/auth/token/tune", this::tune),
                Route.of(Verb.READ, "sys/internal/ui/mounts", this::visible).needs(Route.Access.ANY_TOKEN),
                Route.of(Verb.READ, "sys/internal/ui/mounts/{path...}", this::mountOf)
                        .needs(Route.Access.ANY_TOKEN));
    }

    private Future<Reply> list(Call call) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.set("token/", token());
        return Future.succeededFuture(Reply.legacy(data));
    }

    private static ObjectNode token() {
        ObjectNode token = JsonNodeFactory.instance.objectNode();
        token.put("accessor", "auth_token");
        token.put("uuid", "auth_token");
        token.put("type", "token");
        token.put("description", "token based credentials");
        ObjectNode config = token.putObject("config");
        config.put("default_lease_ttl", 0);
        config.put("max_lease_ttl", 0);
        config.put("force_no_cache", false);
        config.put("token_type", "default-service");
        token.putNull("options");
        token.put("local", false);
        token.put("seal_wrap", false);
        token.put("external_entropy_access", false);
        return token;
    }

    private Future<Reply> tune(Call call) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("default_lease_ttl", defaultTtl.toSeconds());
        data.put("max_lease_ttl", maxTtl.toSeconds());
        data.put("description", "token based credentials");
        data.put("force_no_cache", false);
        data.put("token_type", "default-service");
        return Future.succeededFuture(Reply.legacy(data));
    }

    private Future<Reply> visible(Call call) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        ObjectNode secret = data.putObject("secret");
        mounts.list().stream()
                .filter(mount -> authorizer.reachesInto(call.caller(), mount.path()))
                .forEach(mount -> secret.set(mount.path(), shown(mount)));
        data.putObject("auth").set("token/", token());
        return Future.succeededFuture(Reply.data(data));
    }

    private Future<Reply> mountOf(Call call) {
        String path = call.at("path");
        MountEntry mount = mounts.mountOf(List.of(path.split("/")))
                .filter(found -> authorizer.reachesInto(call.caller(), found.path()))
                .orElseThrow(ApiException::denied);
        ObjectNode data = shown(mount);
        data.put("path", mount.path());
        return Future.succeededFuture(Reply.data(data));
    }

    private static ObjectNode shown(MountEntry mount) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        shown.put("accessor", mount.id());
        shown.put("uuid", mount.id());
        shown.put("type", mount.type());
        shown.put("description", mount.description());
        shown.put("local", false);
        MountView.options(shown, mount);
        return shown;
    }
}
