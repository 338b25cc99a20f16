package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.Await;
import io.daypass.example.sessions.SessionApp;
import io.daypass.hmac.client.KeySet;
import io.daypass.hmac.client.Verdict;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Apps whose session keys are rotated, revoked, and out of reach: two of them, of which each accepts the other's sessions. */
final class HmacSessionsIT {
    private static final int ROTATIONS = 50;
    /** So many at once, and then the signer is given the time to follow: it asks for a key once a second at most. */
    private static final int IN_A_ROW = 5;

    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration SESSION = Duration.ofHours(1);

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final AtomicLong ahead = new AtomicLong();
    private RunningBroker broker;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        broker = RunningBroker.start(directory, config -> config);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        broker.close();
    }

    private KeySet keys(HmacMount mount, boolean signs) throws InterruptedException {
        KeySet.Builder builder = KeySet.of(mount.address(), "web", broker.root()::token)
                .waiting(WAIT)
                .settling(Duration.ofSeconds(1))
                .clock(() -> Instant.now().plusSeconds(ahead.get()));
        KeySet keys = signs ? builder.signing().open() : builder.open();
        opened.add(keys);
        assertTrue(keys.await(SOON), () -> keys.problem().orElse("not heard in time"));
        return keys;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String keyOf(String token) {
        int from = token.indexOf('.') + 1;
        return token.substring(from, token.indexOf('.', from));
    }

    @Test
    void fiftyRotationsUnderLoad_loseNoSession() throws Exception {
        HmacMount mount = HmacMount.of(broker.root(), Map.of("keys", "shared", "session_ttl", "1h"));
        KeySet signer = keys(mount, true);
        KeySet other = keys(mount, false);
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong checked = new AtomicLong();
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        Queue<String> all = new ConcurrentLinkedQueue<>();
        Thread load = new Thread(() -> {
            while (!over.get()) {
                String token = signer.sign(bytes("ada"), SESSION);
                all.add(token);
                for (KeySet keys : List.of(signer, other)) {
                    Verdict verdict = keys.check(bytes(token));
                    checked.incrementAndGet();
                    if (verdict != Verdict.VALID) {
                        failures.add(keyOf(token) + " " + verdict);
                    }
                }
            }
        });
        load.start();
        for (int i = 1; i <= ROTATIONS; i++) {
            String newest = mount.rotate(Map.of()).data("key_id");
            if (i % IN_A_ROW == 0) {
                assertTrue(Await.within(
                        SOON, () -> keyOf(signer.sign(bytes("ada"), SESSION)).equals(newest)));
            }
        }
        over.set(true);
        load.join();
        Set<String> signedWith = new HashSet<>();
        all.forEach(token -> {
            signedWith.add(keyOf(token));
            if (other.verify(token).isEmpty()) {
                failures.add("later: " + keyOf(token));
            }
        });
        assertEquals(List.of(), List.copyOf(failures));
        assertTrue(signedWith.size() > ROTATIONS / IN_A_ROW, signedWith::toString);
        assertTrue(checked.get() > 1_000, checked::toString);
    }

    @Test
    void revokedKey_isUnknownToBothVerifiers_withinOneWait() throws Exception {
        HmacMount mount = HmacMount.of(broker.root(), Map.of());
        KeySet signer = keys(mount, true);
        List<KeySet> verifiers = List.of(keys(mount, false), keys(mount, false));
        String token = signer.sign(bytes("ada"), SESSION);
        verifiers.forEach(each -> assertTrue(each.verify(token).isPresent()));
        long began = System.nanoTime();
        broker.root()
                .put("sys/leases/revoke-prefix/" + mount.path() + "/creds/web", Map.of())
                .ok();
        for (KeySet each : verifiers) {
            assertTrue(Await.within(WAIT, () -> each.check(bytes(token)) == Verdict.UNKNOWN_KEY));
        }
        assertTrue(System.nanoTime() - began < TimeUnit.SECONDS.toNanos(WAIT.toSeconds()));
        assertTrue(Await.within(
                SOON,
                () -> verifiers
                        .get(0)
                        .verify(signer.sign(bytes("ada"), SESSION))
                        .isPresent()));
    }

    @Test
    void brokerAwayForAnHour_sessionsAreCheckedAndBegun_asLongAsTheKeysLive() throws Exception {
        HmacMount mount = HmacMount.of(broker.root(), Map.of("ttl", "24h", "session_ttl", "1h"));
        KeySet signer = keys(mount, true);
        KeySet verifier = keys(mount, false);
        String token = signer.sign(bytes("ada"), SESSION);
        broker.process().kill();
        ahead.set(Duration.ofMinutes(59).toSeconds());
        assertTrue(verifier.verify(token).isPresent());
        ahead.set(Duration.ofMinutes(61).toSeconds());
        assertEquals(Verdict.EXPIRED, verifier.check(bytes(token)));
        String fresh = signer.sign(bytes("bob"), SESSION);
        assertTrue(verifier.verify(fresh).isPresent());
        assertTrue(Await.within(SOON, () -> verifier.problem().isPresent()));
        ahead.set(Duration.ofHours(24 + 2).toSeconds());
        assertEquals(Verdict.UNKNOWN_KEY, verifier.check(bytes(fresh)));
        ahead.set(0);
        broker.process().start();
        assertTrue(Await.within(SOON, () -> verifier.problem().isEmpty()));
    }

    @Test
    void app_letsIn_acrossItsInstances_andThrowsOut_whenTheKeyIsRevoked() throws Exception {
        HmacMount mount = HmacMount.of(broker.root(), Map.of("keys", "shared", "session_ttl", "1h"));
        Vertx vertx = Vertx.vertx();
        opened.add(0, () -> vertx.close().await(SOON.toSeconds(), TimeUnit.SECONDS));
        URI one = app(vertx, mount);
        URI other = app(vertx, mount);
        String cookie = logIn(one);
        assertEquals(200, me(other, cookie));
        mount.rotate(Map.of());
        assertEquals(200, me(other, cookie));
        String key = keyOf(cookie.substring(cookie.indexOf('=') + 1));
        mount.rotate(Map.of("retire", key));
        for (URI app : List.of(one, other)) {
            assertTrue(Await.within(SOON, () -> me(app, cookie) == 401));
        }
        assertTrue(Await.within(SOON, () -> me(other, logIn(one)) == 200));
        assertFalse(me(one, cookie + "x") == 200);
    }

    @Test
    void app_underLoad_losesNoSession_whileItsKeyIsRotated() throws Exception {
        HmacMount mount = HmacMount.of(broker.root(), Map.of("keys", "shared", "session_ttl", "1h"));
        Vertx vertx = Vertx.vertx();
        opened.add(0, () -> vertx.close().await(SOON.toSeconds(), TimeUnit.SECONDS));
        List<URI> apps = List.of(app(vertx, mount), app(vertx, mount));
        AtomicBoolean over = new AtomicBoolean();
        Queue<String> cookies = new ConcurrentLinkedQueue<>();
        Queue<String> lost = new ConcurrentLinkedQueue<>();
        Thread load = new Thread(() -> {
            try {
                for (int i = 0; !over.get(); i++) {
                    cookies.add(logIn(apps.get(i % 2)));
                    for (String cookie : List.of(cookies.element(), logIn(apps.get((i + 1) % 2)))) {
                        for (URI app : apps) {
                            int status = me(app, cookie);
                            if (status != 200) {
                                lost.add(status + " " + cookie);
                            }
                        }
                    }
                }
            } catch (IOException | InterruptedException failed) {
                lost.add(failed.toString());
            }
        });
        load.start();
        for (int i = 0; i < IN_A_ROW; i++) {
            String newest = mount.rotate(Map.of()).data("key_id");
            assertTrue(Await.within(SOON, () -> cookies.stream().anyMatch(cookie -> cookie.contains(newest))));
        }
        over.set(true);
        load.join();
        for (String cookie : cookies) {
            if (me(apps.get(1), cookie) != 200) {
                lost.add("later: " + cookie);
            }
        }
        assertEquals(List.of(), List.copyOf(lost));
    }

    private URI app(Vertx vertx, HmacMount mount) throws Exception {
        HttpServer server =
                new SessionApp(keys(mount, true)).listen(vertx, 0).await(SOON.toSeconds(), TimeUnit.SECONDS);
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    private static String logIn(URI app) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(app.resolve("/login?user=ada")).POST(HttpRequest.BodyPublishers.noBody()));
        if (answer.statusCode() != 200) {
            throw new IOException(answer.body());
        }
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertTrue(cookie.toLowerCase(Locale.ROOT).contains("; httponly"), cookie);
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private static int me(URI app, String cookie) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(app.resolve("/me")).header("Cookie", cookie))
                .statusCode();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
