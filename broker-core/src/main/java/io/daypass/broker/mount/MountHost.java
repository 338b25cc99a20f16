package io.daypass.broker.mount;

import io.daypass.broker.api.Route;
import io.daypass.broker.api.Verb;
import io.daypass.broker.mount.bind.Binder;
import io.daypass.broker.mount.draw.Alphabet;
import io.daypass.broker.mount.draw.NameTemplate;
import io.daypass.broker.mount.guard.Drafting;
import io.daypass.broker.policy.PasswordPolicy;
import io.daypass.broker.seal.SealedStore;
import io.daypass.plugin.Batch;
import io.daypass.plugin.Invalid;
import io.daypass.plugin.Leases;
import io.daypass.plugin.Mount;
import io.daypass.plugin.Resources;
import io.daypass.plugin.Secret;
import io.daypass.plugin.Table;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pf4j.ExtensionPoint;

/** A mount as its engine sees it: takes down what the engine declares, and gives it what it works with. */
final class MountHost implements Mount {
    private final MountScope scope;
    private final SealedTrees entries;
    private final List<HostTable<?>> tables = new ArrayList<>();
    private final List<HostResources<?, ?>> resources = new ArrayList<>();
    private final Map<String, Kind<?>> kinds = new LinkedHashMap<>();
    private final List<Route> routes = new ArrayList<>();
    private boolean open;

    MountHost(MountScope scope) {
        this.scope = scope;
        this.entries = new SealedTrees(
                new SealedStore(scope.parts().store().entries(), scope.parts().barrier()));
    }

    /** Ends the time in which things are declared. */
    void seal() {
        open = true;
        kinds.values().forEach(this::addIssuePaths);
    }

    private <H extends Record> void addIssuePaths(Kind<H> kind) {
        kind.paths().forEach(path -> addIssuePath(kind, path));
    }

    private <H extends Record, A extends Record> void addIssuePath(Kind<H> kind, Kind.IssuePath<H, A> path) {
        Issue<H, A> issue = new Issue<>(scope, kind, path);
        routes.add(Route.of(Verb.READ, path.path(), issue).issuing());
        routes.add(Route.of(Verb.WRITE, path.path(), issue).issuing());
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
        return routes;
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
        String prefix = "table/" + scope.id() + "/" + taken.parent() + "/";
        HostTable<T> table = new HostTable<>(taken.what(), prefix, taken.isSingle(), entry, entries);
        tables.add(table);
        routes.addAll(new CollectionRoutes<>(scope, taken, table, check, shown, show).routes());
        return table;
    }

    @Override
    public <H extends Record> Leases<H> leases(String kind, Class<H> handle, Revoke<H> revoke) {
        declaring();
        Kind<H> declared = new Kind<>(scope, kind, handle, revoke);
        if (kinds.put(kind, declared) != null) {
            throw new IllegalArgumentException("the kind " + kind + " is declared twice");
        }
        return declared;
    }

    @Override
    public void action(String path, Run run) {
        declaring();
        routes.add(Route.of(Verb.WRITE, path, new Operation(scope, run, tables)));
    }

    @Override
    public <I, A extends Record> Batch<I, A> batch(int most, Function<I, Object> alike, MintAll<I, A> mintAll) {
        declaring();
        return new HostBatch<>(most, alike, mintAll, scope.guard());
    }

    @Override
    public <T extends Record, R extends AutoCloseable> Resources<R> perEntry(Table<T> table, Function<T, R> opener) {
        declaring();
        if (!(table instanceof HostTable<T> ours)) {
            throw new IllegalArgumentException("resources are kept for the entries of a collection of the same mount");
        }
        HostResources<T, R> kept = new HostResources<>(ours, opener, scope);
        resources.add(kept);
        return kept;
    }

    @Override
    public <E extends ExtensionPoint> List<E> extensions(Class<E> point) {
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
