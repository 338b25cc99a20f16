package io.daypass.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A real HTTP server that answers as the API says, notes what it was asked, and can go away and come back. */
final class FakeBroker implements AutoCloseable {
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final @Nullable SSLContext tls;
    private int port;
    private @Nullable HttpServer server;
    private @Nullable ExecutorService threads;

    FakeBroker() throws IOException {
        this(null);
    }

    FakeBroker(@Nullable SSLContext tls) throws IOException {
        this.tls = tls;
        start();
    }

    /** Listens, on the same port as before if there was one. */
    void start() throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        HttpServer made;
        if (tls == null) {
            made = HttpServer.create(address, 0);
        } else {
            HttpsServer secure = HttpsServer.create(address, 0);
            secure.setHttpsConfigurator(new HttpsConfigurator(tls));
            made = secure;
        }
        ExecutorService pool = Executors.newCachedThreadPool();
        made.setExecutor(pool);
        made.createContext("/", this::serve);
        made.start();
        port = made.getAddress().getPort();
        server = made;
        threads = pool;
    }

    /** Goes away, as if it was killed. */
    void stop() {
        if (server != null) {
            server.stop(0);
        }
        if (threads != null) {
            threads.shutdownNow();
        }
    }

    @Override
    public void close() {
        stop();
    }

    String url() {
        return (tls == null ? "http" : "https") + "://127.0.0.1:" + port;
    }

    /** Answers a path, with any query, in this way from now on. */
    FakeBroker on(String method, String path, int status, String body) {
        return on(method, path, exchange -> send(exchange, status, body));
    }

    FakeBroker on(String method, String path, Answer answer) {
        answers.put(method + " " + path, answer);
        return this;
    }

    /** What was asked so far. */
    List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** What was asked of one path. */
    List<Asked> asked(String path) {
        return asked.stream().filter(one -> one.target().startsWith(path)).toList();
    }

    /** Waits until something was asked. */
    void await(Predicate<Asked> wanted) throws InterruptedException {
        synchronized (asked) {
            long until = System.nanoTime() + 20_000_000_000L;
            while (asked.stream().noneMatch(wanted)) {
                long left = until - System.nanoTime();
                if (left <= 0) {
                    throw new AssertionError("not asked in time; what was asked: " + asked);
                }
                asked.wait(Math.max(1, left / 1_000_000));
            }
        }
    }

    static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** The envelope around {@code data}. */
    static String envelope(String data) {
        return "{\"request_id\":\"6b1f\",\"lease_id\":\"\",\"renewable\":false,\"lease_duration\":0,\"data\":" + data
                + ",\"wrap_info\":null,\"warnings\":null,\"auth\":null}";
    }

    /** The envelope around a database's credentials. */
    static String credentials(int seconds) {
        return "{\"request_id\":\"6b1f\",\"lease_id\":\"database/creds/reader/abc\",\"renewable\":true,"
                + "\"lease_duration\":" + seconds
                + ",\"data\":{\"username\":\"v-1\",\"password\":\"s3cr'et\",\"connection\":{\"host\":\"127.0.0.1\","
                + "\"port\":5432,\"database\":\"shop\",\"sslmode\":\"disable\"}},\"wrap_info\":null,\"warnings\":null,"
                + "\"auth\":null}";
    }

    private void serve(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getRawPath();
        Asked one = new Asked(method, exchange.getRequestURI().toString(), body, headers, System.nanoTime());
        synchronized (asked) {
            asked.add(one);
            asked.notifyAll();
        }
        Answer answer = answers.get(method + " " + path);
        if (answer == null) {
            send(exchange, 404, "{\"errors\":[]}");
        } else {
            answer.to(exchange);
        }
    }

    /** What is answered. */
    @FunctionalInterface
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    /** What was asked. */
    record Asked(String method, String target, String body, Map<String, String> headers, long nanos) {
        @Override
        public String toString() {
            return method + " " + target + (body.isEmpty() ? "" : " " + body);
        }
    }
}
