package io.daypass.broker.sys;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Call;
import io.daypass.broker.api.Reply;
import io.daypass.broker.api.Route;
import io.daypass.broker.api.Verb;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Stream;

/** {@code sys/health} and {@code sys/leader}, which need no token. */
public final class SysStatus {
    /** What is answered as version: in a form that Vault's clients accept. */
    public static final String VERSION = "1.19.0";

    private final Standing standing;
    private final InstantSource clock;
    private final String clusterName;
    private final String clusterId;
    private final String address;

    /**
     * @param standing how things stand
     * @param clock for the server's time
     * @param clusterName from the configuration
     * @param clusterId a UUID of this store's
     * @param address where this broker is reached
     */
    public SysStatus(Standing standing, InstantSource clock, String clusterName, String clusterId, String address) {
        this.standing = standing;
        this.clock = clock;
        this.clusterName = clusterName;
        this.clusterId = clusterId;
        this.address = address;
    }

    /** The routes. */
    public Stream<Route> routes() {
        return Stream.of(
                Route.of(Verb.READ, "sys/health", this::health).whileSealed(),
                Route.of(Verb.READ, "sys/leader", this::leader).whileSealed());
    }

    private Future<Reply> health(Call call) {
        Map<String, String> query = call.request().query();
        boolean initialized = standing.initialized();
        boolean sealed = standing.sealed();
        int status = initialized
                ? sealed ? code(query, "sealedcode", 503) : code(query, "activecode", 200)
                : code(query, "uninitcode", 501);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("initialized", initialized);
        body.put("sealed", sealed);
        body.put("standby", false);
        body.put("performance_standby", false);
        body.put("replication_performance_mode", "disabled");
        body.put("replication_dr_mode", "disabled");
        body.put("server_time_utc", clock.instant().getEpochSecond());
        body.put("version", VERSION);
        body.put("cluster_name", clusterName);
        body.put("cluster_id", clusterId);
        return Future.succeededFuture(Reply.bare(status, body));
    }

    private Future<Reply> leader(Call call) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("ha_enabled", false);
        body.put("is_self", true);
        body.put("leader_address", address);
        body.put("leader_cluster_address", "");
        return Future.succeededFuture(Reply.bare(200, body));
    }

    private static int code(Map<String, String> query, String name, int otherwise) {
        String text = query.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            int code = Integer.parseInt(text);
            if (code >= 100 && code <= 599) {
                return code;
            }
        } catch (NumberFormatException notANumber) {
            // Answered below, like a number out of bounds.
        }
        throw ApiException.badRequest(name + ": a status of HTTP from 100 to 599 is expected");
    }

    /** How things stand. */
    public interface Standing {
        /** Whether there is a keyring. */
        boolean initialized();

        /** Whether the barrier is closed. */
        boolean sealed();
    }
}
