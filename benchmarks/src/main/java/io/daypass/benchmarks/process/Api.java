package io.daypass.benchmarks.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** The few requests that set a scenario up; nothing that is measured goes through here. */
public final class Api {
    private final HttpClient client;
    private final ObjectMapper json = new ObjectMapper();
    private final String base;
    private final String token;

    /** @param token empty: none */
    public Api(InetSocketAddress address, String token) {
        this(
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(),
                "http://127.0.0.1:" + address.getPort() + "/v1/",
                token);
    }

    private Api(HttpClient client, String base, String token) {
        this.client = client;
        this.base = base;
        this.token = token;
    }

    /** The same with another token. */
    public Api as(String other) {
        return new Api(client, base, other);
    }

    /** The token that requests bear. */
    public String token() {
        return token;
    }

    /** Reads a path, and answers the body. */
    public JsonNode read(String path) throws IOException {
        return send(request(path).GET());
    }

    /** Writes to a path, and answers the body; of none a node that is missing. */
    public JsonNode write(String path, Map<String, ?> body) throws IOException {
        return send(request(path).PUT(BodyPublishers.ofString(json.writeValueAsString(body))));
    }

    /** Reads a path, and answers that header of the answer; empty if there is none. */
    public String header(String path, String name) throws IOException {
        return exchange(request(path).GET()).headers().firstValue(name).orElse("");
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofMinutes(2));
        return token.isEmpty() ? request : request.header("X-Vault-Token", token);
    }

    private JsonNode send(HttpRequest.Builder builder) throws IOException {
        String body = exchange(builder).body();
        return body.isEmpty() ? MissingNode.getInstance() : json.readTree(body);
    }

    private HttpResponse<String> exchange(HttpRequest.Builder builder) throws IOException {
        HttpRequest request = builder.build();
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IOException(request.method() + " " + request.uri() + " was answered " + answer.statusCode()
                        + " " + answer.body());
            }
            return answer;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }
}
