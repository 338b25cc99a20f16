package io.daypass.benchmarks.scenario;

import io.daypass.benchmarks.process.Api;
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
import java.util.stream.Stream;

/** Those who ask a busy broker: 1,000 tokens, each the parent of its leases, with a policy of 40 patterns. */
final class Holders {
    static final int COUNT = 1_000;

    /** Lives of leases, so that they don't end in the order of their issue. */
    static final List<String> LIVES = List.of("10m", "1h", "4h", "12h", "24h");

    /** How many of them have leases before anything is measured. */
    static final int WITH_LEASES = 50;

    private static final int SETTING_UP = 16;
    private static final int PATTERNS = 40;
    private static final String POLICY_NAME = "bench";

    private Holders() {}

    /**
     * Writes the policy and makes the tokens.
     *
     * @param rules of the policy, which others of no use are put before
     */
    static List<String> make(Api api, String... rules) throws IOException {
        Stream<String> others = IntStream.range(0, PATTERNS - rules.length)
                .mapToObj(i -> "path \"team-" + i + "/+/creds/*\" { capabilities = [\"read\", \"update\"] }");
        String policy = Stream.concat(others, Stream.of(rules)).collect(Collectors.joining("\n"));
        api.write("sys/policies/acl/" + POLICY_NAME, Map.of("policy", policy));
        ExecutorService threads = Executors.newFixedThreadPool(SETTING_UP);
        try {
            Callable<String> make =
                    () -> api.write("auth/token/create", Map.of("policies", List.of(POLICY_NAME), "ttl", "72h"))
                            .path("auth")
                            .path("client_token")
                            .asText();
            List<String> tokens = new ArrayList<>();
            for (Future<String> token : threads.invokeAll(Collections.nCopies(COUNT, make))) {
                tokens.add(token.get());
            }
            return List.copyOf(tokens);
        } catch (InterruptedException | ExecutionException e) {
            throw new IOException("the tokens could not be made", e);
        } finally {
            threads.shutdown();
        }
    }

    /** The role whose leases have that one of {@link #LIVES}. */
    static String role(int life) {
        return "r" + life;
    }
}
