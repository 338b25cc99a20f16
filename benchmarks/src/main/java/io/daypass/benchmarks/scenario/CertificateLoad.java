package io.daypass.benchmarks.scenario;

import io.daypass.benchmarks.load.Requests;
import io.daypass.benchmarks.process.Api;
import io.daypass.benchmarks.process.Broker;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Requests for SSH certificates as a busy broker would get them: of many people, each with a key of their own. */
final class CertificateLoad {
    static final String MOUNT = "ssh";
    static final String RULE = "path \"" + MOUNT + "/sign/+\" { capabilities = [\"create\", \"update\"] }";

    private final List<String> tokens;
    private final List<String> keys;

    private CertificateLoad(List<String> tokens) {
        this.tokens = tokens;
        this.keys = tokens.stream().map(token -> SshKeys.line(SshKeys.make())).toList();
    }

    /**
     * Mounts the engine, makes its CA of Ed25519, writes roles, and has a few certificates of each role signed.
     *
     * @param tokens that {@link #RULE} holds for
     */
    static CertificateLoad prepare(Broker broker, List<String> tokens) throws IOException {
        Api api = broker.api();
        api.write("sys/mounts/" + MOUNT, Map.of("type", "ssh"));
        api.write(MOUNT + "/config/ca", Map.of("key_type", "ed25519"));
        for (int i = 0; i < Holders.LIVES.size(); i++) {
            api.write(MOUNT + "/roles/" + Holders.role(i), role(Holders.LIVES.get(i)));
        }
        CertificateLoad load = new CertificateLoad(tokens);
        for (int holder = 0; holder < Holders.WITH_LEASES; holder++) {
            for (int i = 0; i < Holders.LIVES.size(); i++) {
                api.as(tokens.get(holder)).write(path(i), Map.of("public_key", load.keys.get(holder)));
            }
        }
        return load;
    }

    private static Map<String, ?> role(String life) {
        return Map.of(
                "key_type",
                "ca",
                "allow_user_certificates",
                true,
                "default_user",
                "deploy",
                "default_extensions",
                Map.of("permit-pty", ""),
                "ttl",
                life,
                "max_ttl",
                "48h");
    }

    /** Requests of any token for any role, for the token's own key. */
    Requests requests() {
        return Requests.anyOf(IntStream.range(0, tokens.size())
                .boxed()
                .flatMap(holder -> IntStream.range(0, Holders.LIVES.size())
                        .mapToObj(i -> Requests.post(
                                "/v1/" + path(i), tokens.get(holder), "{\"public_key\":\"" + keys.get(holder) + "\"}")))
                .toList());
    }

    /** Where a role signs. */
    static String path(int role) {
        return MOUNT + "/sign/" + Holders.role(role);
    }
}
