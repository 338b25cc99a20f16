package io.daypass.benchmarks.scenario;

import io.daypass.benchmarks.load.Requests;
import io.daypass.benchmarks.process.Api;
import io.daypass.benchmarks.process.Broker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
    private static final int SETTING_UP = 16;
    private static final int MODELS = 50;
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
        NoEffectLoad load = new NoEffectLoad(tokens(api));
        for (String token : load.tokens.subList(0, MODELS)) {
            Api holder = api.as(token);
            for (int i = 0; i < LIVES.size(); i++) {
                holder.read(path(i));
            }
        }
        return load;
    }

    private static List<String> tokens(Api api) throws IOException {
        ExecutorService threads = Executors.newFixedThreadPool(SETTING_UP);
        try {
            Callable<String> make =
                    () -> api.write("auth/token/create", Map.of("policies", List.of(POLICY_NAME), "ttl", "72h"))
                            .path("auth")
                            .path("client_token")
                            .asText();
            List<String> tokens = new ArrayList<>();
            for (Future<String> token : threads.invokeAll(Collections.nCopies(TOKENS, make))) {
                tokens.add(token.get());
            }
            return tokens;
        } catch (InterruptedException | ExecutionException e) {
            throw new IOException("the tokens could not be made", e);
        } finally {
            threads.shutdown();
        }
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
