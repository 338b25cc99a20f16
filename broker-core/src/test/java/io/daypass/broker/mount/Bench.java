package io.daypass.broker.mount;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Call;
import io.daypass.broker.api.Caller;
import io.daypass.broker.api.Reply;
import io.daypass.broker.api.Request;
import io.daypass.broker.api.Route;
import io.daypass.broker.api.Verb;
import io.daypass.broker.mount.lane.LaneLimits;
import io.daypass.broker.mount.lane.Threads;
import io.daypass.broker.plugin.Plugins;
import io.daypass.broker.seal.KeyringBarrier;
import io.daypass.broker.seal.Keys;
import io.daypass.lease.Lease;
import io.daypass.lease.LeaseFilter;
import io.daypass.lease.Reaper;
import io.daypass.lease.Terms;
import io.daypass.lease.sqlite.Settings;
import io.daypass.lease.sqlite.SqliteStore;
import io.daypass.plugin.Engine;
import io.daypass.plugin.Secret;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Mounts over a real store in memory, with a reaper that is told when to look, and a clock that is told when to go. */
final class Bench implements AutoCloseable {
    static final Instant START = Instant.parse("2026-11-24T09:00:00Z");
    static final Duration MINT_DEADLINE = Duration.ofSeconds(10);
    private static final JsonMapper JSON = new JsonMapper();
    private static final int PATIENCE_SECONDS = 20;

    private final AtomicLong millis = new AtomicLong(START.toEpochMilli());
    private final InstantSource clock = this::now;
    private final SecureRandom random = new SecureRandom();
    private final ExecutorService storeThread = Executors.newSingleThreadExecutor();
    private final Connection connection = SqliteStore.memory();
    private final Threads threads = new Threads();
    private final KeyringBarrier barrier = Keys.open(random);
    final SqliteStore store = SqliteStore.over(connection, clock, Settings.DEFAULT, storeThread);
    private MountTerms limits = new MountTerms(
            MINT_DEADLINE,
            Duration.ofSeconds(20),
            Duration.ofMillis(300),
            Duration.ofHours(24),
            Duration.ofHours(48),
            new LaneLimits(2, 4, 4));
    private Map<String, Supplier<Engine>> engines = Map.of();
    Mounts mounts = make();
    private Reaper reaper = reaper();

    Bench(String type, Supplier<Engine> engine) {
        engines = Map.of(type, engine);
        restart(engines);
    }

    /** A bench whose mints must be done sooner than its clock says, so that one can be late without waiting long. */
    Bench mintWithin(Duration deadline) {
        limits = new MountTerms(
                deadline,
                limits.callDeadline(),
                limits.closeWithin(),
                limits.defaultTtl(),
                limits.maxTtl(),
                limits.lanes());
        restart(engines);
        return this;
    }

    private Mounts make() {
        return new Mounts(new Parts(
                store,
                barrier,
                (path, n) -> path + "/" + n,
                Plugins.of(engines),
                name -> Optional.empty(),
                random,
                store.clock(),
                Terms.DEFAULT,
                limits,
                threads));
    }

    private Reaper reaper() {
        return new Reaper(store.leases(), store.clock(), random, mounts.enders(), Terms.DEFAULT);
    }

    /** Begins anew with what is stored. */
    void restart(Map<String, Supplier<Engine>> found) {
        reaper.stop();
        await(mounts.stop());
        engines = found;
        mounts = make();
        await(mounts.start());
        reaper = reaper();
    }

    void advance(Duration step) {
        millis.addAndGet(step.toMillis());
    }

    Instant now() {
        return Instant.ofEpochMilli(millis.get());
    }

    static <T> T await(Future<T> future) {
        return await(future.toCompletionStage());
    }

    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    Future<Reply> begin(Verb verb, String path, String body, Caller caller) {
        return begin(verb, path, body, caller, Map.of());
    }

    Future<Reply> begin(Verb verb, String path, String body, Caller caller, Map<String, String> query) {
        List<String> segments = List.of(path.split("/", -1));
        Resolved resolved = mounts.resolve(verb, segments);
        Route route = resolved.route();
        if (route == null) {
            return Future.failedFuture(
                    resolved.otherVerb() ? ApiException.unsupported("unsupported") : ApiException.notFound());
        }
        Request request = new Request("id", verb, segments, json(body), query, "testing", "", Map.of(), Secret.of(""));
        try {
            return route.handler().serve(new Call(request, caller, resolved.variables()));
        } catch (ApiException e) {
            return Future.failedFuture(e);
        }
    }

    Reply call(Verb verb, String path, String body) {
        return await(begin(verb, path, body, Caller.NOBODY));
    }

    Reply read(String path) {
        return call(Verb.READ, path, "{}");
    }

    Reply write(String path, String body) {
        return call(Verb.WRITE, path, body);
    }

    ApiException refusal(Verb verb, String path, String body) {
        return assertThrows(ApiException.class, () -> call(verb, path, body));
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    List<Lease> leases() {
        return await(store.leases().list(LeaseFilter.ALL, 0, 1_000));
    }

    Lease only() {
        List<Lease> all = leases();
        assertTrue(all.size() == 1, () -> all.size() + " leases");
        return all.get(0);
    }

    /** Lets the reaper look until something has happened. */
    void reapUntil(BooleanSupplier done) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!done.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, () -> "in vain: " + leases());
            await(reaper.tick());
        }
    }

    void reapAll() {
        reapUntil(() -> leases().isEmpty());
    }

    @Override
    public void close() throws SQLException {
        reaper.stop();
        await(mounts.stop());
        threads.close();
        storeThread.shutdown();
        connection.close();
    }
}
