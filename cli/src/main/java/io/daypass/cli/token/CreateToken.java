package io.daypass.cli.token;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.cli.command.Action;
import io.daypass.cli.command.Handover;
import io.daypass.cli.command.Session;
import io.daypass.cli.http.Call;
import io.daypass.cli.http.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code token create}: makes a token that ends with the caller's own. */
@Command(
        footer = {
            "  daypass token create --policy reader --ttl 8h --display-name laptop",
            "  export DAYPASS_TOKEN=$(daypass token create --policy reader -o field=token)",
            "  daypass token create --orphan --period 24h --policy app"
        })
public final class CreateToken implements Action {
    @Option(names = "--policy", paramLabel = "NAME", description = "a policy that it gets; may be given again")
    private List<String> policies = new ArrayList<>();

    @Option(names = "--ttl", paramLabel = "DURATION", description = "how long it lives unless renewed")
    private @Nullable String ttl;

    @Option(names = "--explicit-max-ttl", paramLabel = "DURATION", description = "what it can never outlive")
    private @Nullable String explicitMaxTtl;

    @Option(names = "--period", paramLabel = "DURATION", description = "what each renewal gives, without an end (sudo)")
    private @Nullable String period;

    @Option(names = "--use-limit", paramLabel = "N", description = "how often it can be used")
    private @Nullable Integer uses;

    @Option(names = "--display-name", paramLabel = "NAME", description = "who holds it, as leases and events show it")
    private @Nullable String displayName;

    @Option(
            names = {"--metadata", "--meta"},
            paramLabel = "NAME=VALUE",
            description = "written beside it; may be given again")
    private Map<String, String> meta = new LinkedHashMap<>();

    @Option(names = "--orphan", description = "doesn't end with the caller's token (sudo)")
    private boolean orphan;

    @Option(names = "--no-default-policy", description = "without the policy default")
    private boolean bare;

    @Option(
            names = "--renewable",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "whether it can be renewed")
    private @Nullable Boolean renewable;

    @Option(names = "--id", paramLabel = "TOKEN", description = "its own text (root or sudo)")
    private @Nullable String id;

    @Option(names = "--type", paramLabel = "TYPE", description = "service")
    private @Nullable String type;

    @Override
    public int run(Session session) {
        String path = orphan ? "auth/token/create-orphan" : "auth/token/create";
        Handover.show(session, session.broker().send(Call.write(path, body())), Tokens.shown(session.printer()));
        return Action.ok();
    }

    private ObjectNode body() {
        ObjectNode body = Json.object();
        if (!policies.isEmpty()) {
            ArrayNode names = body.putArray("policies");
            policies.forEach(names::add);
        }
        put(body, "ttl", ttl);
        put(body, "explicit_max_ttl", explicitMaxTtl);
        put(body, "period", period);
        put(body, "display_name", displayName);
        put(body, "id", id);
        put(body, "type", type);
        if (uses != null) {
            body.put("num_uses", uses);
        }
        if (renewable != null) {
            body.put("renewable", renewable);
        }
        if (bare) {
            body.put("no_default_policy", true);
        }
        if (!meta.isEmpty()) {
            ObjectNode into = body.putObject("meta");
            meta.forEach(into::put);
        }
        return body;
    }

    private static void put(ObjectNode body, String name, @Nullable String value) {
        if (value != null) {
            body.put(name, value);
        }
    }
}
