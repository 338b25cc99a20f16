package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.daypass.embedded.Await;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An operator's day, over TLS: certificates, init, unseal, status, metrics, seal, restart, stop. */
@ExtendWith(World.Extension.class)
final class OperatorIT {
    private static final Duration SOON = Duration.ofSeconds(15);

    @Test
    void day_fromTlsInitToSeal(World world) throws Exception {
        Path directory = world.newDirectory();
        Path certificates = directory.resolve("tls");
        String made = cli(directory, "operator", "tls-init", "-dir=" + certificates);
        assertTrue(Files.isRegularFile(certificates.resolve("ca.pem")), made);
        BrokerConfig config = new BrokerConfig(directory, BrokerProcess.freePort())
                .shamir()
                .tls(certificates.resolve("server.pem"), certificates.resolve("server-key.pem"))
                .limit("mint_deadline", "3s");
        Path file = config.write();
        Api stranger = Api.at(config.address(), trusting(certificates.resolve("ca.pem")));
        BrokerProcess process = new BrokerProcess(
                Assembly.installation(), directory.resolve("process"), stranger, List.of("-config", file.toString()));
        try (process) {
            process.start();
            assertEquals(501, stranger.read("sys/health").status());
            Answer first = stranger.put("sys/init", Map.of("secret_shares", 3, "secret_threshold", 2))
                    .ok();
            assertEquals("no-store", first.headers().firstValue("Cache-Control").orElse(""));
            List<String> keys = keys(first);
            assertEquals(3, keys.size());
            Api root = stranger.as(first.body().path("root_token").asText());
            assertEquals(503, stranger.read("sys/health").status());
            assertEquals(503, root.read("sys/mounts").status());
            unseal(stranger, keys);
            assertEquals(200, stranger.read("sys/health").status());
            assertEquals(400, stranger.put("sys/init", Map.of()).status());
            serves(root, world, config, stranger, keys, process);
        }
    }

    private static void serves(
            Api root, World world, BrokerConfig config, Api stranger, List<String> keys, BrokerProcess process)
            throws Exception {
        DatabaseMount mount = DatabaseMount.of(root, world.shop());
        Answer lease = mount.creds().ok();
        HttpResponse<String> metrics = root.exchange(
                root.request("sys/metrics?format=prometheus").GET().build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(200, metrics.statusCode());
        assertTrue(metrics.body().contains("daypass"), metrics.body());
        assertFalse(metrics.body().contains(lease.data("username")));
        assertEquals(403, stranger.read("sys/metrics").status());
        try (Events events = new Events(root, 0)) {
            assertTrue(root.put("sys/seal", Map.of()).isOk());
            Await.until(Duration.ofSeconds(3), "the stream ends with the seal", events::isOver);
        }
        JsonNode status = stranger.read("sys/seal-status").ok().body();
        assertTrue(status.path("sealed").asBoolean());
        assertEquals(3, status.path("n").asInt());
        assertEquals(2, status.path("t").asInt());
        assertEquals(503, mount.creds().status());
        unseal(stranger, keys.subList(1, 3));
        mount.revoke(lease);
        int exit = process.stop();
        assertTrue(exit == 0 || exit == 143, "exit code " + exit);
        process.start();
        assertTrue(stranger.read("sys/seal-status").ok().body().path("sealed").asBoolean());
        unseal(stranger, keys);
        mount.revoke(mount.creds().ok());
        assertTrue(Files.size(config.audit()) > 0);
    }

    @Test
    void unseal_withAWrongKey_is400_andCountsNothing(World world) throws Exception {
        Path directory = world.newDirectory();
        BrokerConfig config = new BrokerConfig(directory, BrokerProcess.freePort()).shamir();
        Path file = config.write();
        Api stranger = Api.at(config.address());
        try (BrokerProcess process = new BrokerProcess(
                Assembly.installation(), directory.resolve("process"), stranger, List.of("-config", file.toString()))) {
            process.start();
            List<String> keys = keys(stranger.put("sys/init", Map.of("secret_shares", 3, "secret_threshold", 2))
                    .ok());
            assertEquals(
                    400, stranger.put("sys/unseal", Map.of("key", "not a key")).status());
            stranger.put("sys/unseal", Map.of("key", keys.get(0))).ok();
            Answer again = stranger.put("sys/unseal", Map.of("key", keys.get(0)));
            assertTrue(again.status() == 400 || again.body().path("progress").asInt() == 1, again::toString);
            stranger.put("sys/unseal", Map.of("reset", true)).ok();
            String wrong =
                    (keys.get(1).startsWith("00") ? "11" : "00") + keys.get(1).substring(2);
            stranger.put("sys/unseal", Map.of("key", keys.get(0)));
            assertEquals(400, stranger.put("sys/unseal", Map.of("key", wrong)).status());
            assertTrue(
                    stranger.read("sys/seal-status").ok().body().path("sealed").asBoolean());
            unseal(stranger, keys);
        }
    }

    private static void unseal(Api api, List<String> keys) {
        api.put("sys/unseal", Map.of("key", keys.get(0))).ok();
        api.put("sys/unseal", Map.of("key", keys.get(1))).ok();
        Await.until(SOON, "it is unsealed", () -> api.read("sys/health").status() == 200);
    }

    private static List<String> keys(Answer init) {
        List<String> keys = new ArrayList<>();
        init.body().path("keys").forEach(key -> keys.add(key.asText()));
        return keys;
    }

    private static String cli(Path directory, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Assembly.installation().home().resolve("lib") + "/*",
                "io.daypass.cli.Main"));
        command.addAll(List.of(arguments));
        Path output = directory.resolve("cli.log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("XDG_CONFIG_HOME", directory.resolve("xdg").toString());
        Process process = builder.start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), Files.readString(output));
        return Files.readString(output);
    }

    private static SSLContext trusting(Path authority) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(authority)) {
            store.setCertificateEntry(
                    "daypass", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
