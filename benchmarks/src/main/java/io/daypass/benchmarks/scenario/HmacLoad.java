package io.daypass.benchmarks.scenario;

import io.daypass.benchmarks.load.Requests;
import io.daypass.benchmarks.process.Api;
import io.daypass.benchmarks.process.Broker;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Requests for session keys, each lease with one of its own. */
final class HmacLoad {
    static final String MOUNT = "hmac";
    static final String RULE = "path \"" + MOUNT + "/creds/+\" { capabilities = [\"read\"] }";

    private final List<String> tokens;

    private HmacLoad(List<String> tokens) {
        this.tokens = tokens;
    }

    /**
     * Mounts the engine, writes roles, and issues a few keys of each role.
     *
     * @param tokens that {@link #RULE} holds for
     */
    static HmacLoad prepare(Broker broker, List<String> tokens) throws IOException {
        Api api = broker.api();
        api.write("sys/mounts/" + MOUNT, Map.of("type", "hmac"));
        for (int i = 0; i < Holders.LIVES.size(); i++) {
            api.write(
                    MOUNT + "/roles/" + Holders.role(i),
                    Map.of("ttl", Holders.LIVES.get(i), "max_ttl", "48h", "session_ttl", "8h"));
        }
        for (String token : tokens.subList(0, Holders.WITH_LEASES)) {
            for (int i = 0; i < Holders.LIVES.size(); i++) {
                api.as(token).read(path(i));
            }
        }
        return new HmacLoad(tokens);
    }

    /** Requests of any token for any role. */
    Requests requests() {
        return Requests.anyOf(tokens.stream()
                .flatMap(token ->
                        IntStream.range(0, Holders.LIVES.size()).mapToObj(i -> Requests.get("/v1/" + path(i), token)))
                .toList());
    }

    private static String path(int role) {
        return MOUNT + "/creds/" + Holders.role(role);
    }
}
