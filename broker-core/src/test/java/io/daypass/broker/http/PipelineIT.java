package io.daypass.broker.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.POJONode;
import io.daypass.broker.api.Reply;
import io.daypass.broker.api.Route;
import io.daypass.broker.api.Verb;
import io.daypass.broker.audit.Audit;
import io.daypass.broker.identity.Identification;
import io.daypass.broker.identity.Ids;
import io.daypass.broker.identity.Tokens;
import io.daypass.broker.mount.Resolved;
import io.daypass.broker.policy.Authorizer;
import io.daypass.broker.seal.KeyringBarrier;
import io.daypass.broker.seal.Keys;
import io.daypass.config.HostPort;
import io.daypass.config.ServerConfig;
import io.daypass.lease.sqlite.Settings;
import io.daypass.lease.sqlite.SqliteStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever fails on a request's way, its client gets an answer. */
@Timeout(60)
class PipelineIT {
    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService storeThread = Executors.newSingleThreadExecutor();
    private final Connection connection = SqliteStore.memory();
    private final SqliteStore store =
            SqliteStore.over(connection, InstantSource.system(), Settings.DEFAULT, storeThread);
    private final Path folder;

    PipelineIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
        storeThread.shutdown();
        connection.close();
    }

    @Test
    void router_thatThrows_isAFaultOfOurs() throws Exception {
        HttpResponse<String> answer = ask((verb, path) -> {
            throw new IllegalStateException("no table");
        });
        assertEquals(500, answer.statusCode());
        assertTrue(answer.body().contains("a fault of ours"), answer.body());
    }

    @Test
    void handler_thatThrows_isAFaultOfOurs() throws Exception {
        HttpResponse<String> answer = ask(serving(call -> {
            throw new IllegalStateException("no handler");
        }));
        assertEquals(500, answer.statusCode());
    }

    @Test
    void reply_thatCantBeWritten_isAFaultOfOurs_andCountsAsUndelivered() throws Exception {
        AtomicInteger undelivered = new AtomicInteger();
        Reply unwritable = Reply.data(new POJONode(new Object())).ifUndelivered(undelivered::incrementAndGet);
        HttpResponse<String> answer = ask(serving(call -> Future.succeededFuture(unwritable)));
        assertEquals(500, answer.statusCode());
        assertTrue(answer.body().startsWith("{\"errors\""), answer.body());
        assertEquals(1, undelivered.get());
    }

    private static Router serving(Route.Handler handler) {
        Route route = Route.of(Verb.READ, "x", handler).needs(Route.Access.OPEN);
        return (verb, path) -> new Resolved(route, Map.of(), false);
    }

    private HttpResponse<String> ask(Router router) throws Exception {
        KeyringBarrier barrier = Keys.open(new SecureRandom());
        Ids ids = new Ids(barrier);
        InstantSource clock = InstantSource.system();
        ServerConfig config = ServerConfig.dev(new HostPort("127.0.0.1", 0), folder);
        HttpFront front = new HttpFront(
                config.listen(),
                new ConnectionLimit(10),
                new Bodies(1_000, 1_000),
                () -> "request-1",
                router,
                new Identification(new Tokens(store.leases(), barrier, ids, clock), store.leases()),
                new Authorizer(name -> Optional.empty()),
                Audit.NONE,
                ids,
                clock,
                () -> false,
                Hosts.ANY,
                (mount, status, nanos) -> {});
        vertx.deployVerticle(front).await(10, TimeUnit.SECONDS);
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + front.port() + "/v1/x"))
                .timeout(Duration.ofSeconds(10))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
