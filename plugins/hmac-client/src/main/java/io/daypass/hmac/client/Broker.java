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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is asked of a broker about one role. Blocks. */
final class Broker {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    /** How long it is waited for an answer, besides what the broker is asked to wait. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** As much as a broker reads itself. */
    private static final int LONGEST_ANSWER = 32 << 20;

    /** No session is longer: some 300 years, in seconds. */
    private static final double LONGEST_SESSION = 1e10;

    private final HttpClient http;
    private final URI mount;
    private final String role;
    private final Supplier<String> token;
    private final Duration patience;

    /**
     * @param mount such as {@code https://broker:8200/v1/hmac}
     * @param token asked for with each request
     * @param patience how long it is waited for a whole answer
     */
    Broker(HttpClient http, URI mount, String role, Supplier<String> token, Duration patience) {
        this.http = http;
        this.mount = mount;
        this.role = encoded(role);
        this.token = token;
        this.patience = patience;
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
        String query = known.version().isEmpty()
                ? ""
                : "?after=" + encoded(known.version()) + "&wait=" + wait.toSeconds() + "s";
        HttpResponse<byte[]> answer = get("keyset/" + role + query, wait.plus(patience));
        return switch (answer.statusCode()) {
            case 304 -> Optional.empty();
            case 404 -> {
                // Something on the way that knows no such host answers so too, and retires nothing.
                if (!isOfABroker(answer)) {
                    throw refused(answer);
                }
                yield Optional.of(Keys.NONE);
            }
            case 200 -> Optional.of(read(data(answer), known, now));
            default -> throw refused(answer);
        };
    }

    private static boolean isOfABroker(HttpResponse<byte[]> answer) {
        try {
            return Json.object(text(answer)).get("errors") instanceof List<?>;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Leases a key to sign with, and answers its id. */
    String lease() throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = get("creds/" + role, patience);
        if (answer.statusCode() != 200) {
            throw refused(answer);
        }
        return text(data(answer), "key_id");
    }

    private HttpResponse<byte[]> get(String path, Duration atMost) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(mount + "/" + path));
        try {
            request.header("X-Vault-Token", token.get());
        } catch (IllegalArgumentException e) {
            // Its text would hold the token.
            throw new IOException("the broker's token holds what no header may");
        }
        CompletableFuture<HttpResponse<byte[]>> asked =
                http.sendAsync(request.build(), answer -> new Bounded(LONGEST_ANSWER));
        try {
            // For all of the answer: the request's own time-out is over when its first line has come.
            return asked.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("the broker has not answered within " + atMost.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException("the broker can't be asked", e);
        } finally {
            asked.cancel(true);
        }
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static IOException refused(HttpResponse<byte[]> answer) {
        return new IOException("the broker answered " + answer.statusCode() + " to "
                + answer.request().uri().getPath());
    }

    private static Keys read(Map<String, @Nullable Object> data, Keys known, Instant now) throws IOException {
        if (!(data.get("keys") instanceof List<?> list) || !(data.get("session_ttl") instanceof Double longest)) {
            throw unreadable("it has no keys, or no session_ttl");
        }
        if (!(longest >= 1 && longest <= LONGEST_SESSION)) {
            throw unreadable("its session_ttl makes no sense");
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
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text(jwk, "k"));
        } catch (IllegalArgumentException e) {
            throw unreadable("the key " + id + " is no base64url");
        }
        if (bytes.length < algorithm.get().length()) {
            throw unreadable("the key " + id + " is shorter than its hash");
        }
        Instant since = known.named(id).map(Key::knownSince).orElse(now);
        try {
            return Optional.of(new Key(
                    id,
                    algorithm.get(),
                    bytes,
                    Boolean.TRUE.equals(jwk.get("shared")),
                    Instant.parse(text(jwk, "not_before")),
                    Instant.parse(text(jwk, "expires_at")),
                    Instant.parse(text(jwk, "verify_until")),
                    since));
        } catch (ArithmeticException | DateTimeParseException e) {
            throw unreadable("the key " + id + " can't be read");
        }
    }

    private static Map<String, @Nullable Object> data(HttpResponse<byte[]> answer) throws IOException {
        try {
            if (Json.object(text(answer)).get("data") instanceof Map<?, ?> data) {
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
