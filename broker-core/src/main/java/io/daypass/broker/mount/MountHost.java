package io.daypass.broker.mount;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.broker.api.Reply;
import io.daypass.broker.api.Route;
import io.daypass.broker.api.Verb;
import io.daypass.broker.mount.bind.Binder;
import io.daypass.broker.mount.draw.Alphabet;
import io.daypass.broker.mount.draw.NameTemplate;
import io.daypass.broker.mount.guard.Drafting;
import io.daypass.broker.policy.PasswordPolicy;
import io.daypass.broker.seal.SealedStore;
import io.daypass.lease.Source;
import io.daypass.plugin.Batch;
import io.daypass.plugin.Invalid;
import io.daypass.plugin.Leases;
import io.daypass.plugin.Mount;
import io.daypass.plugin.Resources;
import io.daypass.plugin.Secret;
import io.daypass.plugin.Table;
import io.daypass.plugin.Watchable;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pf4j.ExtensionPoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A mount as its engine sees it: takes down what the engine declares, and gives it what it works with. */
final class MountHost implements Mount {
    private static final Logger LOG = LoggerFactory.getLogger(MountHost.class);
    private static final Pattern GAUGE = Pattern.compile("[a-z]+(?:\\.[a-z]+)*");

    private final MountScope scope;
    private final SealedTrees entries;
    private final List<HostTable<?>> tables = new ArrayList<>();
    private final List<HostResources<?, ?>> resources = new ArrayList<>();
    private final Map<String, Kind<?>> kinds = new LinkedHashMap<>();
    private final List<HostRoute> routes = new ArrayList<>();
    private final List<Chore<?>> chores = new ArrayList<>();
    private final List<TargetGauge> gauges = new ArrayList<>();
    private final Gate gate = new Gate();
    private final Signal closing = new Signal();
    private final Set<Class<?>> points = ConcurrentHashMap.newKeySet();
    private boolean open;

    MountHost(MountScope scope) {
        this.scope = scope;
        this.entries = new SealedTrees(
                new SealedStore(scope.parts().store().entries(), scope.parts().barrier()));
    }

    /** Ends the time in which things are declared. */
    void seal() {
        open = true;
        kinds.values().forEach(Kind::check);
        kinds.values().forEach(this::addIssuePaths);
    }

    private <H extends Record> void addIssuePaths(Kind<H> kind) {
        kind.paths().forEach(path -> addIssuePath(kind, path));
        Orphans<H> orphans = kind.orphans();
        if (orphans != null) {
            add(Route.of(Verb.READ, orphans.path(), Operation.of(scope, Orphans.Found.class, orphans, tables)));
        }
    }

    private <H extends Record, A extends Record> void addIssuePath(Kind<H> kind, Kind.IssuePath<H, A> path) {
        Issue<H, A> issue = new Issue<>(scope, kind, path);
        path.verbs().forEach(verb -> add(Route.of(verb, path.path(), issue).issuing()));
    }

    private HostRoute add(Route route) {
        HostRoute declared = new HostRoute(route);
        routes.add(declared);
        return declared;
    }

    private void declaring() {
        if (open) {
            throw new IllegalStateException("a mount is declared in Engine.open, not later");
        }
    }

    List<HostTable<?>> tables() {
        return tables;
    }

    List<HostResources<?, ?>> resources() {
        return resources;
    }

    Map<String, Kind<?>> kinds() {
        return kinds;
    }

    List<Route> routes() {
        return routes.stream().map(HostRoute::route).toList();
    }

    List<Chore<?>> chores() {
        return chores;
    }

    List<TargetGauge> gauges() {
        return gauges;
    }

    /** The points at which it was asked what others add. */
    Set<Class<?>> points() {
        return points;
    }

    /** Lets nobody wait for a change any more, and nothing more be made. Completes when nothing is being made. */
    CompletionStage<Void> close() {
        CompletionStage<Void> empty = gate.close();
        closing.fire();
        return empty;
    }

    @Override
    public <T extends Record> Table<T> collection(String path, Class<T> entry) {
        Binder<T> binder = new Binder<>(entry);
        return collection(path, binder, null, binder, same -> same);
    }

    @Override
    public <T extends Record, S extends Record> Table<T> collection(
            String path, Class<T> entry, Check<T> check, Class<S> shown, Function<T, S> show) {
        return collection(path, new Binder<>(entry), check, new Binder<>(shown), show);
    }

    private <T extends Record, S extends Record> Table<T> collection(
            String path, Binder<T> entry, @Nullable Check<T> check, Binder<S> shown, Function<T, S> show) {
        declaring();
        CollectionRoutes.CollectionPath taken = CollectionRoutes.CollectionPath.of(path);
        HostTable<T> table = keep(taken.what(), taken.parent(), taken.isSingle(), entry);
        new CollectionRoutes<>(scope, taken, table, check, shown, show).routes().forEach(this::add);
        return table;
    }

    private <T extends Record> HostTable<T> keep(String what, String folder, boolean single, Binder<T> entry) {
        String prefix = root() + folder + "/";
        Function<String, Source> place =
                name -> new Source(scope.path() + "/" + folder + (single ? "" : "/" + name), scope.id(), what, "");
        HostTable<T> table = new HostTable<>(what, prefix, single, entry, entries, place);
        tables.add(table);
        return table;
    }

    /** What the paths of everything that the mount keeps begin with, and goes with it. */
    private String root() {
        return "table/" + scope.id() + "/";
    }

    @Override
    public <T extends Record> Table<T> table(String name, Class<T> entry) {
        declaring();
        // No collection's path begins so, since a segment of one holds no colon.
        return keep(name, "own:" + name, false, new Binder<>(entry));
    }

    @Override
    public <H extends Record> Leases<H> leases(String kind, Class<H> handle) {
        return declare(kind, handle, null);
    }

    @Override
    public <H extends Record> Leases<H> leases(String kind, Class<H> handle, End<H> end) {
        return declare(kind, handle, end);
    }

    private <H extends Record> Leases<H> declare(String kind, Class<H> handle, @Nullable End<H> end) {
        declaring();
        Kind<H> declared = new Kind<>(scope, kind, handle, end);
        if (kinds.put(kind, declared) != null) {
            throw new IllegalArgumentException("the kind " + kind + " is declared twice");
        }
        return declared;
    }

    @Override
    public HostRoute action(String path, Run run) {
        declaring();
        return add(Route.of(Verb.WRITE, path, Operation.of(scope, run, tables)));
    }

    @Override
    public <P extends Record, A extends Record> HostRoute action(
            String path, Class<P> params, Class<A> answer, Action<P, A> action) {
        declaring();
        return add(Route.of(Verb.WRITE, path, Operation.of(scope, params, answer, action, tables)));
    }

    @Override
    public <A extends Record> HostRoute read(String path, Class<A> answer, Read<A> read) {
        declaring();
        return add(Route.of(Verb.READ, path, Operation.of(scope, answer, read, tables)));
    }

    @Override
    public <A extends Record> HostRoute reveal(String path, Class<A> answer, Read<A> read) {
        declaring();
        return add(Route.of(Verb.READ, path, Operation.revealing(scope, answer, read)));
    }

    @Override
    public HostRoute remove(String path, Run run) {
        declaring();
        return add(Route.of(Verb.DELETE, path, Operation.of(scope, run, tables)));
    }

    @Override
    public void document(String path, String contentType, Read<byte[]> bytes, Watchable... of) {
        declaring();
        Remembered<byte[]> remembered = new Remembered<>(scope, gate, signals(of), bytes, made -> made);
        Route.Handler handler = new WatchedRoute<>(
                scope, remembered, made -> Reply.raw(contentType, Buffer.buffer(made.value())), false);
        add(Route.of(Verb.READ, path, handler)).open();
    }

    @Override
    public <A extends Record> void watched(String path, Class<A> answer, Read<A> read, Watchable... of) {
        declaring();
        Binder<A> binder = new Binder<>(answer);
        Read<ObjectNode> data = (call, deadline) -> read.read(call, deadline).map(binder::answered);
        Remembered<ObjectNode> remembered = new Remembered<>(scope, gate, signals(of), data, SealedTrees::bytes);
        Route.Handler handler = new WatchedRoute<>(
                scope, remembered, made -> Reply.data(made.value().deepCopy().put("version", made.tag())), true);
        add(Route.of(Verb.READ, path, handler));
    }

    private List<Signal> signals(Watchable... of) {
        List<Signal> signals = new ArrayList<>(List.of(closing));
        for (Watchable each : of) {
            if (!(each instanceof Signal.Of ours)) {
                throw new IllegalArgumentException("what is watched is made by the same mount");
            }
            signals.add(ours.signal());
        }
        return signals;
    }

    @Override
    public <T extends Record> Due whenDue(Table<T> entries, Function<T, Optional<Instant>> due, Task<T> task) {
        declaring();
        HostTable<T> ours = ours(entries);
        // No table's prefix begins so, since a segment of a collection's path holds no colon.
        String folder = ours.prefix().substring(root().length());
        Claims claims = new Claims(this.entries, root() + "due:" + folder, scope::now);
        Chore<T> chore = new Chore<>(scope, ours, claims, due, task);
        chores.add(chore);
        ours.onDue(chore::settle);
        return chore;
    }

    private static <T extends Record> HostTable<T> ours(Table<T> entries) {
        if (!(entries instanceof HostTable<T> ours)) {
            throw new IllegalArgumentException("a mount takes entries of its own tables alone");
        }
        return ours;
    }

    @Override
    public <T extends Record> void home(Table<T> entries, Table<?> targets, Function<T, String> name) {
        declaring();
        ours(targets);
        ours(entries).home(entry -> scope.guard().draft(() -> name.apply(entry)));
    }

    @Override
    public <T extends Record> void deletionWarns(Table<T> entries, Function<T, String> warning) {
        declaring();
        ours(entries).deletionWarning(warning);
    }

    @Override
    public <I, A extends Record> Batch<I, A> batch(int most, Function<I, Object> alike, MintAll<I, A> mintAll) {
        declaring();
        return new HostBatch<>(most, alike, mintAll, scope.guard());
    }

    @Override
    public <T extends Record, R extends AutoCloseable> Resources<R> perEntry(Table<T> table, Function<T, R> opener) {
        declaring();
        HostResources<T, R> kept = new HostResources<>(ours(table), opener, scope);
        resources.add(kept);
        return kept;
    }

    @Override
    public void gauge(String name, String about, Supplier<Map<String, Double>> read) {
        declaring();
        if (!GAUGE.matcher(name).matches()) {
            throw new IllegalArgumentException("a gauge is named in lower case, its words parted by dots: " + name);
        }
        gauges.add(new TargetGauge(name, about, () -> read(name, read)));
    }

    private Map<String, Double> read(String name, Supplier<Map<String, Double>> gauge) {
        try {
            return scope.guard().draft(() -> Map.copyOf(gauge.get()));
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("mount", scope.path())
                    .addKeyValue("gauge", name)
                    .addKeyValue("problem", e.getMessage())
                    .log("a gauge of an engine can't be read");
            return Map.of();
        }
    }

    @Override
    public <E extends ExtensionPoint> List<E> extensions(Class<E> point) {
        points.add(point);
        return scope.parts().engines().extensions(point);
    }

    @Override
    public Secret password(int length, String alphabet) {
        Drafting.refuse("Mount.password");
        return Secret.of(Alphabet.draw(scope.parts().random(), length, alphabet));
    }

    @Override
    public void checkNameTemplate(String template) {
        NameTemplate.parse(template);
    }

    @Override
    public Secret password(String policy) {
        PasswordPolicy found = policy(policy);
        return password(found.length(), found.alphabet());
    }

    @Override
    public double passwordBits(String policy) {
        Drafting.refuse("Mount.passwordBits");
        return policy(policy).bits();
    }

    private PasswordPolicy policy(String name) {
        return scope.parts()
                .passwords()
                .apply(name)
                .orElseThrow(() ->
                        new Invalid("password_policy", "there is no policy of that name (sys/policies/password)"));
    }

    @Override
    public byte[] random(int bytes) {
        Drafting.refuse("Mount.random");
        byte[] drawn = new byte[bytes];
        scope.parts().random().nextBytes(drawn);
        return drawn;
    }

    @Override
    public InstantSource clock() {
        Drafting.refuse("Mount.clock");
        return scope.parts().clock();
    }

    @Override
    public long lockKey(String name) {
        byte[] mac = scope.parts().barrier().mac("lock", name.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.wrap(mac).getLong();
    }
}
