package io.daypass.benchmarks.scenario;

import io.daypass.benchmarks.load.Requests;
import io.daypass.benchmarks.process.Api;
import io.daypass.benchmarks.process.Broker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Requests for leases without effect as a busy broker would get them: 1,000 tokens in no order, each the parent of its
 * leases, five lives, a policy of 40 patterns. Tokens in order, or leases that end in the order of their issue, would
 * flatter the store.
 */
final class NoEffectLoad {
    static final int TOKENS = 1_000;
    static final String MOUNT = "bench";

    private static final List<String> LIVES = List.of("10m", "1h", "4h", "12h", "24h");
    private static final String POLICY_NAME = "bench";

    private final List<String> tokens;

    private NoEffectLoad(List<String> tokens) {
        this.tokens = tokens;
    }

    /** Mounts the engine, writes roles and policy, makes the tokens, and issues a few leases of each role. */
    static NoEffectLoad prepare(Broker broker) throws IOException {
        Api api = broker.api();
        api.write("sys/mounts/" + MOUNT, Map.of("type", "noeffect"));
        for (int i = 0; i < LIVES.size(); i++) {
            api.write(MOUNT + "/roles/" + role(i), Map.of("ttl", LIVES.get(i), "max_ttl", "48h"));
        }
        api.write("sys/policies/acl/" + POLICY_NAME, Map.of("policy", policy()));
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < TOKENS; i++) {
            tokens.add(api.write("auth/token/create", Map.of("policies", List.of(POLICY_NAME), "ttl", "72h"))
                    .path("auth")
                    .path("client_token")
                    .asText());
        }
        NoEffectLoad load = new NoEffectLoad(tokens);
        for (String token : tokens.subList(0, 200)) {
            Api holder = new Api(broker.address(), token);
            for (int i = 0; i < LIVES.size(); i++) {
                holder.read(path(i));
            }
        }
        return load;
    }

    /** Requests of any token for any role. */
    Requests requests() {
        return Requests.anyOf(tokens.stream()
                .flatMap(token -> IntStream.range(0, LIVES.size()).mapToObj(i -> Requests.get("/v1/" + path(i), token)))
                .toList());
    }

    /** Requests of any token for one role, with a shorter life. */
    Requests requests(String ttl) {
        return Requests.anyOf(tokens.stream()
                .map(token -> Requests.get("/v1/" + path(0) + "?ttl=" + ttl, token))
                .toList());
    }

    private static String path(int role) {
        return MOUNT + "/creds/" + role(role);
    }

    private static String role(int i) {
        return "r" + i;
    }

    private static String policy() {
        String others = IntStream.range(0, 39)
                .mapToObj(i -> "path \"team-" + i + "/+/creds/*\" { capabilities = [\"read\", \"update\"] }")
                .collect(Collectors.joining("\n"));
        return others + "\npath \"" + MOUNT + "/creds/+\" { capabilities = [\"read\"] }\n";
    }
}
