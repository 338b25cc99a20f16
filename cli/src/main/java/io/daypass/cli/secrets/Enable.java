package io.daypass.cli.secrets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import io.daypass.cli.http.Call;
import io.daypass.cli.http.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code secrets enable}: mounts an engine. */
@Command(
        footer = {
            "  daypass secrets enable database",
            "  daypass secrets enable --path shop-db --max-lease-ttl 8h database"
        })
public final class Enable implements Action {
    @Parameters(index = "0", paramLabel = "TYPE", description = "the engine, such as database")
    private String type = "";

    @Option(names = "--path", paramLabel = "PATH", description = "where to mount it; its type if nothing is said")
    private @Nullable String path;

    @Mixin
    private MountOptions mount = new MountOptions();

    @Option(names = "--options", paramLabel = "NAME=VALUE", description = "options of the engine")
    private Map<String, String> options = new LinkedHashMap<>();

    @Override
    public int run(Session session) {
        ObjectNode body = Json.object().put("type", type);
        mount.describe(body);
        mount.limits(body.putObject("config"));
        if (!options.isEmpty()) {
            ObjectNode into = body.putObject("options");
            options.forEach(into::put);
        }
        String at = Mounts.trim(path == null ? type : path);
        session.printer().reply(session.broker().send(Call.write("sys/mounts/" + at, body)));
        session.printer().note("the " + type + " engine is mounted at " + at + "/");
        return Action.ok();
    }
}
