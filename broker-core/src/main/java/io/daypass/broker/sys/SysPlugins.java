package io.daypass.broker.sys;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Call;
import io.daypass.broker.api.Reply;
import io.daypass.broker.api.Route;
import io.daypass.broker.api.Verb;
import io.daypass.broker.plugin.PluginInfo;
import io.daypass.broker.plugin.Plugins;
import io.daypass.broker.plugin.RefusedPlugin;
import io.vertx.core.Future;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code sys/plugins/catalog}: which plugins are loaded, with their pins, and which were refused and why. What is loaded
 * is said by the configuration, so nothing is written here.
 */
public final class SysPlugins {
    private static final String SECRET = "secret";
    private static final String DATABASE = "database";

    private final Plugins plugins;

    /** @param plugins that were loaded, or refused */
    public SysPlugins(Plugins plugins) {
        this.plugins = plugins;
    }

    /** The routes. */
    public Stream<Route> routes() {
        return Stream.of(
                Route.of(Verb.READ, "sys/plugins/catalog", this::all),
                Route.of(Verb.LIST, "sys/plugins/catalog", this::all),
                Route.of(Verb.LIST, "sys/plugins/catalog/{type}", this::list),
                Route.of(Verb.READ, "sys/plugins/catalog/{type}/{name}", this::one));
    }

    private Future<Reply> all(Call call) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.putArray("auth");
        names(SECRET).forEach(data.putArray(SECRET)::add);
        names(DATABASE).forEach(data.putArray(DATABASE)::add);
        ArrayNode detailed = data.putArray("detailed");
        plugins.catalog().forEach(info -> detailed.add(shown(info)));
        ArrayNode refused = data.putArray("refused");
        for (RefusedPlugin plugin : plugins.refused()) {
            refused.addObject().put("file", plugin.file()).put("problem", plugin.why());
        }
        return Future.succeededFuture(Reply.data(data));
    }

    private Future<Reply> list(Call call) {
        return Future.succeededFuture(SysLeases.keys(names(call.at("type"))));
    }

    private Future<Reply> one(Call call) {
        return Future.succeededFuture(plugins.catalog().stream()
                .filter(info ->
                        info.type().equals(call.at("type")) && info.name().equals(call.at("name")))
                .findFirst()
                .map(info -> Reply.data(shown(info)))
                .orElseThrow(ApiException::notFound));
    }

    private List<String> names(String type) {
        return plugins.catalog().stream()
                .filter(info -> info.type().equals(type))
                .map(PluginInfo::name)
                .sorted()
                .toList();
    }

    private static ObjectNode shown(PluginInfo info) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        shown.put("name", info.name());
        shown.put("type", info.type());
        shown.put("version", info.version().isEmpty() ? "" : "v" + info.version());
        shown.put("builtin", info.builtin());
        shown.put("deprecation_status", "supported");
        shown.put("sha256", info.sha256());
        return shown;
    }
}
