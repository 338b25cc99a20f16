package io.daypass.broker.sys;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Call;
import io.daypass.broker.api.Params;
import io.daypass.broker.api.Reply;
import io.daypass.broker.api.Route;
import io.daypass.broker.api.Verb;
import io.daypass.broker.mount.MountConfig;
import io.daypass.broker.mount.MountEntry;
import io.daypass.broker.mount.Mounts;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code sys/mounts} and {@code sys/remount}: which engines are mounted where. */
public final class SysMounts {
    private final Mounts mounts;
    private final MountView view;

    /**
     * @param mounts that there are
     * @param systemDefault the TTL of a mount that says nothing
     * @param systemMax the longest TTL of a mount that says nothing
     */
    public SysMounts(Mounts mounts, Duration systemDefault, Duration systemMax) {
        this.mounts = mounts;
        this.view = new MountView(systemDefault, systemMax);
    }

    /** The routes. */
    public Stream<Route> routes() {
        return Stream.of(
                Route.of(Verb.READ, "sys/mounts", this::list),
                Route.of(Verb.READ, "sys/mounts/{path...}", this::read),
                Route.of(Verb.WRITE, "sys/mounts/{path...}", this::write)
                        .creatingUnless(variables ->
                                isTune(path(variables)) || find(path(variables)).isPresent()),
                Route.of(Verb.DELETE, "sys/mounts/{path...}", this::disable),
                Route.of(Verb.WRITE, "sys/remount", this::remount).needs(Route.Access.SUDO));
    }

    private Future<Reply> list(Call call) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        mounts.list().forEach(mount -> data.set(mount.path(), view.entry(mount)));
        return Future.succeededFuture(Reply.legacy(data));
    }

    /** One mount, or with {@code /tune} at the end what is tuned about it. */
    private Future<Reply> read(Call call) {
        String path = call.at("path");
        if (isTune(path)) {
            MountEntry mount = known(cut(path));
            return Future.succeededFuture(Reply.legacy(view.tune(mount)));
        }
        return Future.succeededFuture(Reply.legacy(view.entry(known(path))));
    }

    private Future<Reply> write(Call call) {
        String path = call.at("path");
        Params params = new Params(call.request().body());
        return isTune(path) ? tune(cut(path), params) : enable(path, params);
    }

    private Future<Reply> enable(String path, Params params) {
        String type = params.required("type");
        String description = params.line("description", 256).orElse("");
        MountConfig config = config(params, MountConfig.NONE);
        params.flag("local", false);
        params.flag("seal_wrap", false);
        params.flag("external_entropy_access", false);
        return mounts.enable(path, type, description, config)
                .map(done -> Reply.none().warnings(params.unknown()));
    }

    private Future<Reply> tune(String path, Params params) {
        MountEntry mount = known(path);
        MountConfig given = ttls(params, mount.config());
        MountConfig config = params.has("options")
                ? new MountConfig(given.defaultLeaseTtl(), given.maxLeaseTtl(), params.map("options"))
                : given;
        String description = params.line("description", 256).orElse(mount.description());
        return mounts.tune(path, description, config).map(done -> Reply.none().warnings(params.unknown()));
    }

    private static MountConfig config(Params params, MountConfig before) {
        MountConfig given = ttls(params.within("config"), before);
        return new MountConfig(given.defaultLeaseTtl(), given.maxLeaseTtl(), params.map("options"));
    }

    private static MountConfig ttls(Params ttls, MountConfig before) {
        Duration defaultTtl = ttl(ttls, "default_lease_ttl").orElse(before.defaultLeaseTtl());
        Duration maxTtl = ttl(ttls, "max_lease_ttl").orElse(before.maxLeaseTtl());
        ttls.flag("force_no_cache", false);
        if (!maxTtl.isZero() && defaultTtl.compareTo(maxTtl) > 0) {
            throw ApiException.badRequest("default_lease_ttl: it is longer than max_lease_ttl, which is "
                    + maxTtl.toSeconds() + " s; shorten it, or raise that");
        }
        return new MountConfig(defaultTtl, maxTtl, before.options());
    }

    private static Optional<Duration> ttl(Params ttls, String name) {
        return ttls.text(name)
                .filter(text -> !text.isEmpty())
                .map(text -> text.equals("system") ? Duration.ZERO : Params.duration(name, text));
    }

    private Future<Reply> disable(Call call) {
        return mounts.disable(call.at("path"))
                .map(gone -> gone
                        ? Reply.none()
                        : Reply.data(null)
                                .status(202)
                                .warnings(
                                        List.of("the mount is being removed: it serves nothing any more, but leases of"
                                                + " it are still to be ended in their targets, which will be retried until it"
                                                + " succeeds; sys/leases/query?mount=" + call.at("path")
                                                + " shows them")));
    }

    private Future<Reply> remount(Call call) {
        throw ApiException.badRequest(
                "a mount can't be moved: its leases carry their path, and must stay where they can be"
                        + " revoked. Enable a mount at the new path, move the configuration, and disable the old one");
    }

    private Optional<MountEntry> find(String path) {
        return mounts.list().stream()
                .filter(mount -> mount.path().equals(path + "/"))
                .findFirst();
    }

    private MountEntry known(String path) {
        return find(path)
                .orElseThrow(() -> ApiException.badRequest(
                        "nothing is mounted at " + path + "/; mounted are: " + String.join(", ", paths())));
    }

    private List<String> paths() {
        return mounts.list().stream().map(MountEntry::path).toList();
    }

    private static String path(Map<String, String> variables) {
        return variables.getOrDefault("path", "");
    }

    private static boolean isTune(String path) {
        return path.endsWith("/tune");
    }

    private static String cut(String path) {
        return path.substring(0, path.length() - "/tune".length());
    }
}
