package io.daypass.hmac.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers isn't the broker, or is one that means ill: what is known stays as it was, and it is asked again. */
class HostileBrokerIT {
    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final String KEY = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]);

    /** Answers a request. */
    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private final HttpServer server;
    private volatile Answer answer = exchange -> say(exchange, 500, "");

    HostileBrokerIT() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                answer.to(exchange);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private static void say(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, status == 304 ? -1 : bytes.length);
        if (status != 304) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String keyset(String version, String key, String sessionTtl) {
        return "{\"data\":{\"version\":\"" + version + "\",\"session_ttl\":" + sessionTtl
                + ",\"keys\":[{\"kid\":\"k1\",\"alg\":\"HS256\",\"k\":\"" + key + "\",\"not_before\":\"" + NOW
                + "\",\"expires_at\":\"" + NOW.plusSeconds(60) + "\",\"verify_until\":\"" + NOW.plusSeconds(120)
                + "\"}]}}";
    }

    private URI mount() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/hmac");
    }

    private Broker broker(String token) {
        return new Broker(HttpClient.newHttpClient(), mount(), "web", () -> token, PATIENCE);
    }

    private Keys known() throws Exception {
        answer = exchange -> say(exchange, 200, keyset("v1", KEY, "3600"));
        return broker("t").keys(Keys.NONE, Duration.ZERO, NOW).orElseThrow();
    }

    private Optional<Keys> asked(Keys known) throws Exception {
        return broker("t").keys(known, Duration.ZERO, NOW);
    }

    @Test
    void notFound_ofSomethingElseThanABroker_retiresNothing() throws Exception {
        Keys known = known();
        for (String body : new String[] {"default backend - 404", "", "{}", "[]", "{\"errors\":\"none\"}"}) {
            answer = exchange -> say(exchange, 404, body);
            assertThrows(IOException.class, () -> asked(known), body);
        }
        answer = exchange -> say(exchange, 404, "{\"errors\":[]}");
        assertEquals(Keys.NONE, asked(known).orElseThrow());
    }

    @Test
    void answer_thatStopsInTheMiddle_isGivenUp() throws Exception {
        Keys known = known();
        answer = exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            waitForTheEnd();
        };
        IOException problem = assertThrows(IOException.class, () -> asked(known));
        assertTrue(String.valueOf(problem.getMessage()).contains("has not answered within"), problem.toString());
    }

    private void waitForTheEnd() throws IOException {
        try {
            over.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void answer_withoutEnd_isGivenUp() throws Exception {
        Keys known = known();
        answer = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] spaces = new byte[1 << 20];
            OutputStream body = exchange.getResponseBody();
            while (over.getCount() > 0) {
                body.write(spaces);
            }
        };
        assertThrows(IOException.class, () -> asked(known));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1e999", "1e11", "\"1h\"", "null"})
    void sessionTtl_thatMakesNoSense_isRefused(String ttl) {
        answer = exchange -> say(exchange, 200, keyset("v2", KEY, ttl));
        assertThrows(IOException.class, () -> asked(Keys.NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "?", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void key_thatIsShorterThanItsHash_isRefused(String key) {
        answer = exchange -> say(exchange, 200, keyset("v2", key, "3600"));
        assertThrows(IOException.class, () -> asked(Keys.NONE));
    }

    @Test
    void version_ofAnyCharacters_isAskedAfter() throws Exception {
        answer = exchange -> say(exchange, 200, keyset("a b&x=1#\u00e9%", KEY, "3600"));
        Keys known = asked(Keys.NONE).orElseThrow();
        String[] query = new String[1];
        answer = exchange -> {
            query[0] = exchange.getRequestURI().getRawQuery();
            say(exchange, 304, "");
        };
        assertTrue(asked(known).isEmpty());
        assertEquals("after=a%20b%26x%3D1%23%C3%A9%25&wait=0s", query[0]);
    }

    @Test
    void token_thatNoHeaderMayHold_isNotShown() {
        IOException problem =
                assertThrows(IOException.class, () -> broker("s3cret\n").keys(Keys.NONE, Duration.ZERO, NOW));
        assertFalse(String.valueOf(problem.getMessage()).contains("s3cret"), problem.toString());
        assertFalse(problem.getCause() != null, "nor by what caused it");
    }

    @Test
    void answer_thatComesAtOnceThoughNothingChanged_isNotAskedForAllTheTime() throws Exception {
        CountDownLatch asked = new CountDownLatch(4);
        answer = exchange -> {
            asked.countDown();
            say(exchange, exchange.getRequestURI().getQuery() == null ? 200 : 304, keyset("v1", KEY, "3600"));
        };
        long before = System.nanoTime();
        try (KeySet keys = KeySet.of(mount(), "web", () -> "t").open()) {
            assertTrue(keys.await(Duration.ofSeconds(10)));
            assertTrue(asked.await(20, TimeUnit.SECONDS));
            assertTrue(System.nanoTime() - before >= TimeUnit.MILLISECONDS.toNanos(1_900));
        }
    }
}
