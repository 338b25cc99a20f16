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
import io.daypass.broker.plugin.Engines;
import io.daypass.broker.plugin.Plugins;
import io.daypass.broker.seal.Barrier;
import io.daypass.broker.seal.KeyringBarrier;
import io.daypass.broker.seal.Keys;
import io.daypass.lease.Lease;
import io.daypass.lease.LeaseFilter;
import io.daypass.lease.Reaper;
import io.daypass.lease.Store;
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
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.pf4j.ExtensionPoint;

/**
 * Mounts over a real store in memory, with a reaper that is told when to look, and a clock that can be moved ahead. What
 * plugins are tried on outside of this module stands on it too.
 */
public final class Bench implements AutoCloseable {
    static final Instant START = Instant.parse("2026-11-24T09:00:00Z");
    static final Duration MINT_DEADLINE = Duration.ofSeconds(10);
    private static final JsonMapper JSON = new JsonMapper();
    private static final int PATIENCE_SECONDS = 20;

    private final InstantSource source;
    private final AtomicLong ahead = new AtomicLong();
    private final Terms terms;
    private final SecureRandom random = new SecureRandom();
    private final ExecutorService storeThread = Executors.newSingleThreadExecutor();
    private final Connection connection = SqliteStore.memory();
    private final Threads threads = new Threads();
    private final KeyringBarrier barrier = Keys.open(random);
    final SqliteStore store;
    private MountTerms limits;
    private Engines engines;
    Mounts mounts;
    private Reaper reaper;

    /** A bench whose clock stands still, with little room in its lanes. */
    Bench(String type, Supplier<Engine> engine) {
        this(
                Plugins.of(Map.of(type, engine)),
                InstantSource.fixed(START),
                Terms.DEFAULT,
                new MountTerms(
                        MINT_DEADLINE,
                        Duration.ofSeconds(20),
                        Duration.ofMillis(300),
                        Duration.ofHours(24),
                        Duration.ofHours(48),
                        new LaneLimits(2, 4, 4)));
    }

    /**
     * Begins with nothing mounted.
     *
     * @param engines what can be mounted
     * @param source the time, before it is moved ahead
     * @param terms the numbers of a lease's life
     * @param limits the numbers of mounts
     */
    public Bench(Engines engines, InstantSource source, Terms terms, MountTerms limits) {
        this.source = source;
        this.terms = terms;
        this.limits = limits;
        this.engines = engines;
        this.store = SqliteStore.over(connection, this::now, Settings.DEFAULT, storeThread);
        this.mounts = make(new Found());
        await(mounts.start());
        this.reaper = reaper();
    }

    /** A bench whose mints must be done sooner than its clock says, so that one can be late without waiting long. */
    Bench mintWithin(Duration deadline) {
        return within(deadline, limits.callDeadline());
    }

    /**
     * Begins anew with other deadlines.
     *
     * @param mint of a mint
     * @param call of any other call
     */
    public Bench within(Duration mint, Duration call) {
        limits = new MountTerms(mint, call, limits.closeWithin(), limits.defaultTtl(), limits.maxTtl(), limits.lanes());
        restart(engines);
        return this;
    }

    /**
     * The mounts of a second broker over the same store, which knows nothing of this one. Whoever asks for it stops it.
     *
     * @param found what can be mounted there
     */
    public Mounts another(Engines found) {
        Mounts other = make(found);
        await(other.start());
        return other;
    }

    private Mounts make(Engines found) {
        return new Mounts(new Parts(
                store,
                barrier,
                (path, n) -> path + "/" + n,
                found,
                name -> Optional.empty(),
                random,
                store.clock(),
                terms,
                limits,
                threads));
    }

    /**
     * What was found last. Mounts of before a restart are still heard of by the store that they listen to, so they must
     * not hold the plugins of then.
     */
    private final class Found implements Engines {
        @Override
        public Optional<Engine> make(String type) {
            return engines.make(type);
        }

        @Override
        public Set<String> types() {
            return engines.types();
        }

        @Override
        public <E extends ExtensionPoint> List<E> extensions(Class<E> point) {
            return engines.extensions(point);
        }
    }

    private Reaper reaper() {
        return new Reaper(store.leases(), store.clock(), random, mounts.enders(), terms);
    }

    /** The mounts, which are others after each {@link #restart}. */
    public Mounts mounts() {
        return mounts;
    }

    /** What seals what is kept. */
    Barrier barrier() {
        return barrier;
    }

    /** Where leases are kept. */
    public Store store() {
        return store;
    }

    /** The database that everything is kept in, for who wants to see every byte of it. */
    public Connection database() {
        return connection;
    }

    void restart(Map<String, Supplier<Engine>> found) {
        restart(Plugins.of(found));
    }

    /** Begins anew with what is stored. */
    public void restart(Engines found) {
        reaper.stop();
        await(mounts.stop());
        engines = found;
        mounts = make(new Found());
        await(mounts.start());
        reaper = reaper();
    }

    /** Moves the clock ahead. */
    public void advance(Duration step) {
        ahead.addAndGet(step.toMillis());
    }

    /** The time here, in whole milliseconds. */
    public Instant now() {
        return Instant.ofEpochMilli(source.millis() + ahead.get());
    }

    /** Waits for what comes; what it fails with is thrown. */
    public static <T> T await(Future<T> future) {
        return await(future.toCompletionStage());
    }

    /** Waits for what comes; what it fails with is thrown. */
    public static <T> T await(CompletionStage<T> stage) {
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

    /**
     * Begins a request.
     *
     * @param path the mount's included
     * @param body as JSON; where it has no {@code "}, {@code '} does for it
     */
    public Future<Reply> begin(Verb verb, String path, String body, Caller caller) {
        return begin(verb, path, body, caller, Map.of());
    }

    /** The same with parameters in its query. */
    public Future<Reply> begin(Verb verb, String path, String body, Caller caller, Map<String, String> query) {
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

    /** The reply to a request of nobody in particular. */
    public Reply call(Verb verb, String path, String body) {
        return await(begin(verb, path, body, Caller.NOBODY));
    }

    /** The reply to a read. */
    public Reply read(String path) {
        return call(Verb.READ, path, "{}");
    }

    /** The reply to a write. */
    public Reply write(String path, String body) {
        return call(Verb.WRITE, path, body);
    }

    ApiException refusal(Verb verb, String path, String body) {
        return assertThrows(ApiException.class, () -> call(verb, path, body));
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text.indexOf('"') < 0 ? text.replace('\'', '"') : text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** All rows. */
    public List<Lease> leases() {
        return await(store.leases().list(LeaseFilter.ALL, 0, 1_000));
    }

    Lease only() {
        List<Lease> all = leases();
        assertTrue(all.size() == 1, () -> all.size() + " leases");
        return all.get(0);
    }

    /** Lets the reaper look until something has happened. */
    public void reapUntil(BooleanSupplier done) {
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
