package io.daypass.hmac.client;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is asked of a broker about one role. Blocks. */
final class Broker {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http;
    private final URI mount;
    private final String role;
    private final Supplier<String> token;

    /**
     * @param mount such as {@code https://broker:8200/v1/hmac}
     * @param token asked for with each request
     */
    Broker(HttpClient http, URI mount, String role, Supplier<String> token) {
        this.http = http;
        this.mount = mount;
        this.role = URLEncoder.encode(role, StandardCharsets.UTF_8).replace("+", "%20");
        this.token = token;
    }

    /**
     * The keys, as soon as they are others than those that are known.
     *
     * @param known is kept where keys are the same
     * @param wait at most so long
     * @param now from when on new ones are known
     * @return empty: they are the same
     * @throws IOException if the broker can't be reached, or answers something else
     */
    Optional<Keys> keys(Keys known, Duration wait, Instant now) throws IOException, InterruptedException {
        String query = known.version().isEmpty() ? "" : "?after=" + known.version() + "&wait=" + wait.toSeconds() + "s";
        HttpResponse<String> answer = get("keyset/" + role + query, wait.plus(PATIENCE));
        return switch (answer.statusCode()) {
            case 304 -> Optional.empty();
            case 404 -> Optional.of(Keys.NONE);
            case 200 -> Optional.of(read(data(answer.body()), known, now));
            default -> throw refused(answer);
        };
    }

    /** Leases a key to sign with, and answers its id. */
    String lease() throws IOException, InterruptedException {
        HttpResponse<String> answer = get("creds/" + role, PATIENCE);
        if (answer.statusCode() != 200) {
            throw refused(answer);
        }
        return text(data(answer.body()), "key_id");
    }

    private HttpResponse<String> get(String path, Duration patience) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(mount + "/" + path))
                .timeout(patience)
                .header("X-Vault-Token", token.get())
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static IOException refused(HttpResponse<String> answer) {
        return new IOException("the broker answered " + answer.statusCode() + " to "
                + answer.request().uri().getPath());
    }

    private static Keys read(Map<String, @Nullable Object> data, Keys known, Instant now) throws IOException {
        if (!(data.get("keys") instanceof List<?> list) || !(data.get("session_ttl") instanceof Double longest)) {
            throw unreadable("it has no keys, or no session_ttl");
        }
        List<Key> keys = new ArrayList<>();
        for (Object each : list) {
            if (each instanceof Map<?, ?> jwk) {
                key(jwk, known, now).ifPresent(keys::add);
            }
        }
        return new Keys(text(data, "version"), keys, Duration.ofSeconds(longest.longValue()));
    }

    /** A key of an algorithm that isn't known here is of no use here. */
    private static Optional<Key> key(Map<?, ?> jwk, Keys known, Instant now) throws IOException {
        String id = text(jwk, "kid");
        Optional<Algorithm> algorithm = Algorithm.named(text(jwk, "alg"));
        if (algorithm.isEmpty() || !ID.matcher(id).matches()) {
            return Optional.empty();
        }
        Instant since = known.named(id).map(Key::knownSince).orElse(now);
        try {
            return Optional.of(new Key(
                    id,
                    algorithm.get(),
                    Base64.getUrlDecoder().decode(text(jwk, "k")),
                    Boolean.TRUE.equals(jwk.get("shared")),
                    Instant.parse(text(jwk, "not_before")),
                    Instant.parse(text(jwk, "expires_at")),
                    Instant.parse(text(jwk, "verify_until")),
                    since));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw unreadable("the key " + id + " can't be read");
        }
    }

    private static Map<String, @Nullable Object> data(String body) throws IOException {
        try {
            if (Json.object(body).get("data") instanceof Map<?, ?> data) {
                Map<String, @Nullable Object> members = new HashMap<>();
                data.forEach((name, value) -> members.put(String.valueOf(name), value));
                return members;
            }
        } catch (IllegalArgumentException e) {
            throw unreadable(String.valueOf(e.getMessage()));
        }
        throw unreadable("it has no data");
    }

    private static String text(Map<?, ?> data, String name) throws IOException {
        if (data.get(name) instanceof String text) {
            return text;
        }
        throw unreadable("it has no " + name);
    }

    private static IOException unreadable(String why) {
        return new IOException("the broker's answer can't be read: " + why);
    }
}
