package io.daypass.dist;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A small client of the broker's HTTP API: one address, one token. */
public final class Api {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient client;
    private final URI address;
    private final String token;
    private final Consumer<JsonNode> seen;

    private Api(HttpClient client, URI address, String token, Consumer<JsonNode> seen) {
        this.client = client;
        this.address = address;
        this.token = token;
        this.seen = seen;
    }

    /** Speaks to a broker by plain HTTP, or by TLS trusting what the JDK trusts, with no token yet. */
    public static Api at(URI address) {
        return new Api(client(null), address, "", body -> {});
    }

    /** Speaks to a broker by TLS with a trust of its own, with no token yet. */
    public static Api at(URI address, SSLContext trust) {
        return new Api(client(trust), address, "", body -> {});
    }

    /** The same broker, as the owner of that token; empty: none is sent. */
    public Api as(String other) {
        return new Api(client, address, other, seen);
    }

    /** The same, with each body that is answered shown to {@code watcher} as well. */
    public Api watchedBy(Consumer<JsonNode> watcher) {
        return new Api(client, address, token, watcher);
    }

    /** The token. */
    public String token() {
        return token;
    }

    /** The broker's address, without a path. */
    public URI address() {
        return address;
    }

    /** {@code GET}. */
    public Answer read(String path) {
        return send(request(path).GET());
    }

    /** {@code LIST}. */
    public Answer list(String path) {
        return send(request(path).method("LIST", HttpRequest.BodyPublishers.noBody()));
    }

    /** {@code DELETE}. */
    public Answer delete(String path) {
        return send(request(path).DELETE());
    }

    /** {@code POST} of an object with these members. */
    public Answer write(String path, Map<String, ?> body) {
        return send(request(path).POST(json(body)));
    }

    /** {@code PUT} of an object with these members. */
    public Answer put(String path, Map<String, ?> body) {
        return send(request(path).PUT(json(body)));
    }

    /** {@code POST} of a text, whatever it is. */
    public Answer writeText(String path, String body) {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** {@code GET} without waiting for the answer. */
    public CompletableFuture<Answer> readLater(String path) {
        return client.sendAsync(request(path).GET().build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(this::answer);
    }

    /** The beginning of a request of this client: path and token are set. */
    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(address.resolve("/v1/" + path)).timeout(TIMEOUT);
        return token.isEmpty() ? builder : builder.header("X-Vault-Token", token);
    }

    /**
     * Sends a request and reads the whole answer.
     *
     * @throws UncheckedIOException if there is none
     */
    public Answer send(HttpRequest.Builder request) {
        return answer(exchange(request.build(), HttpResponse.BodyHandlers.ofString()));
    }

    /**
     * Sends a request.
     *
     * @throws UncheckedIOException if there is no answer
     */
    public <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return client.send(request, handler);
        } catch (IOException noAnswer) {
            throw new UncheckedIOException(noAnswer);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("interrupted while waiting for an answer"));
        }
    }

    private Answer answer(HttpResponse<String> response) {
        JsonNode body = MissingNode.getInstance();
        try {
            if (!response.body().isEmpty()) {
                body = JSON.readTree(response.body());
            }
        } catch (JsonProcessingException notJson) {
            throw new IllegalStateException(
                    response.uri() + " answered " + response.statusCode() + " with what is not JSON", notJson);
        }
        seen.accept(body);
        return new Answer(response.statusCode(), response.headers(), body);
    }

    private static HttpRequest.BodyPublisher json(Map<String, ?> body) {
        try {
            return HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException notWritable) {
            throw new IllegalArgumentException(notWritable);
        }
    }

    private static HttpClient client(@Nullable SSLContext trust) {
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(10));
        return (trust == null ? builder : builder.sslContext(trust)).build();
    }
}
