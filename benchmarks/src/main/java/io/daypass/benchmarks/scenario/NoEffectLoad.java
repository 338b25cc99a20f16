package io.daypass.benchmarks.scenario;

import io.daypass.benchmarks.load.Requests;
import io.daypass.benchmarks.process.Api;
import io.daypass.benchmarks.process.Broker;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Requests for leases without effect as a busy broker would get them: 1,000 tokens in no order, each the parent of its
 * leases, five lives, a policy of 40 patterns. Tokens in order, or leases that end in the order of their issue, would
 * flatter the store.
 */
final class NoEffectLoad {
    static final String MOUNT = "bench";

    private static final String RULE = "path \"" + MOUNT + "/creds/+\" { capabilities = [\"read\"] }";

    private final List<String> tokens;

    private NoEffectLoad(List<String> tokens) {
        this.tokens = tokens;
    }

    /** Mounts the engine, writes roles and policy, makes the tokens, and issues a few leases of each role. */
    static NoEffectLoad prepare(Broker broker) throws IOException {
        Api api = broker.api();
        api.write("sys/mounts/" + MOUNT, Map.of("type", "noeffect"));
        for (int i = 0; i < Holders.LIVES.size(); i++) {
            api.write(MOUNT + "/roles/" + Holders.role(i), Map.of("ttl", Holders.LIVES.get(i), "max_ttl", "48h"));
        }
        NoEffectLoad load = new NoEffectLoad(Holders.make(api, RULE));
        for (String token : load.tokens.subList(0, Holders.WITH_LEASES)) {
            Api holder = api.as(token);
            for (int i = 0; i < Holders.LIVES.size(); i++) {
                holder.read(path(i));
            }
        }
        return load;
    }

    /** Requests of any token for any role. */
    Requests requests() {
        return Requests.anyOf(tokens.stream()
                .flatMap(token ->
                        IntStream.range(0, Holders.LIVES.size()).mapToObj(i -> Requests.get("/v1/" + path(i), token)))
                .toList());
    }

    /** Requests of any token for one role, with a shorter life. */
    Requests requests(String ttl) {
        return Requests.anyOf(tokens.stream()
                .map(token -> Requests.get("/v1/" + path(0) + "?ttl=" + ttl, token))
                .toList());
    }

    private static String path(int role) {
        return MOUNT + "/creds/" + Holders.role(role);
    }
}
