package io.daypass.broker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.daypass.config.AuditSettings;
import io.daypass.config.HostPort;
import io.daypass.config.Listen;
import io.daypass.config.PluginPin;
import io.daypass.config.ServerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** A broker in this process, on a free port, with its key in memory, an audit log, and the root token {@code root}. */
final class RunningBroker implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Server server;
    private final Path audit;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private RunningBroker(Server server, Path audit) {
        this.server = server;
        this.audit = audit;
    }

    /** Starts one; all that it writes is in that folder. */
    static RunningBroker start(Path folder) {
        return start(folder, dev -> dev, InstantSource.system());
    }

    /** Starts one that is configured otherwise than it would be, with a clock of the test's. */
    static RunningBroker start(Path folder, UnaryOperator<ServerConfig> configured, InstantSource clock) {
        SecureRandom random = new SecureRandom();
        Sources sources =
                new Sources(clock, random, random, () -> UUID.randomUUID().toString());
        Path audit = folder.resolve("audit.log");
        ServerConfig dev = ServerConfig.dev(new HostPort("127.0.0.1", 0), data(folder));
        Server server = Server.start(audited(configured.apply(dev), audit), sources, Server.Purpose.DEVELOPMENT);
        server.initDev("root");
        return new RunningBroker(server, audit);
    }

    /** Where a broker that was started with that folder keeps its store. */
    static Path data(Path folder) {
        return folder.resolve("data");
    }

    /** The same configuration, listening otherwise. */
    static ServerConfig listening(ServerConfig dev, Listen listen) {
        return with(dev, listen, dev.audit(), dev.plugins());
    }

    /** The same configuration, with plugins. */
    static ServerConfig plugins(ServerConfig dev, List<PluginPin> plugins) {
        return with(dev, dev.listen(), dev.audit(), plugins);
    }

    private static ServerConfig audited(ServerConfig dev, Path audit) {
        return with(dev, dev.listen(), new AuditSettings(audit.toString()), dev.plugins());
    }

    private static ServerConfig with(ServerConfig dev, Listen listen, AuditSettings audit, List<PluginPin> plugins) {
        return new ServerConfig(
                listen,
                dev.storage(),
                dev.seal(),
                audit,
                plugins,
                dev.limits(),
                dev.metrics(),
                dev.log(),
                dev.clusterName(),
                dev.shutdownGrace());
    }

    /** The file that requests are written down in. */
    Path audit() {
        return audit;
    }

    /**
     * Sends a request.
     *
     * @param path what follows {@code /v1/}
     * @param body empty: none
     * @param headers names and values by turns
     */
    Answer ask(String method, String path, String body, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.port() + "/v1/" + path))
                .timeout(PATIENCE)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return Answer.of(http.send(request.build(), BodyHandlers.ofString()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    /** Sends a request with a token. */
    Answer as(String token, String method, String path, String body) throws IOException {
        return ask(method, path, body, "X-Vault-Token", token);
    }

    /** Makes a token as root, asked for by that body. */
    String token(String body) throws IOException {
        return as("root", "POST", "auth/token/create", body)
                .body()
                .at("/auth/client_token")
                .asText();
    }

    /** Puts a policy in force. */
    void policy(String name, String text) throws IOException {
        as(
                "root",
                "PUT",
                "sys/policies/acl/" + name,
                JSON.createObjectNode().put("policy", text).toString());
    }

    /** A connection to it, to say what no client would. Reading from it gives up after half a minute. */
    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    @Override
    public void close() {
        server.close();
    }

    /**
     * What was answered.
     *
     * @param status of HTTP
     * @param text the body as it came
     * @param body the body read; a missing node if there was none
     */
    record Answer(int status, String text, JsonNode body) {
        private static Answer of(HttpResponse<String> response) throws IOException {
            return new Answer(response.statusCode(), response.body(), JSON.readTree(response.body()));
        }
    }
}
