package io.daypass.broker.mount;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.broker.mount.bind.Binder;
import io.daypass.broker.mount.guard.Drafting;
import io.daypass.broker.mount.guard.EngineFailure;
import io.daypass.broker.seal.Barrier;
import io.daypass.lease.Lease;
import io.daypass.lease.LeaseFilter;
import io.daypass.plugin.Leases;
import io.daypass.plugin.Mount;
import io.daypass.plugin.Table;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One kind of lease, as its engine declared it, and how its handles are kept. */
final class Kind<H extends Record> implements Leases<H> {
    private static final Logger LOG = LoggerFactory.getLogger(Kind.class);
    private static final String HANDLE = "handle";
    private static final String TTL = "ttl";

    private final MountScope scope;
    private final String name;
    private final Class<H> type;
    private final Binder<H> binder;
    private final Mount.Revoke<H> revoke;
    private final List<IssuePath<H, ?>> paths = new ArrayList<>();
    private boolean withoutEffect;
    private @Nullable Extend<H> extend;
    private @Nullable Settle<H> settle;
    private Function<H, String> target = handle -> "";
    private int most = 1;
    private Function<H, Object> alike = handle -> handle;
    private Mount.@Nullable Revoke<List<H>> revokeAll;

    /** @throws IllegalArgumentException if the handle can hold a secret, or can't be bound */
    Kind(MountScope scope, String name, Class<H> type, Mount.Revoke<H> revoke) {
        this.scope = scope;
        this.name = name;
        this.type = type;
        this.binder = new Binder<>(type);
        this.revoke = revoke;
        if (binder.holdsSecrets()) {
            throw new IllegalArgumentException("the handle " + type.getSimpleName() + " holds a secret");
        }
    }

    /**
     * A path that issues leases of a kind.
     *
     * @param path relative to the mount
     * @param answer what the caller gets
     * @param draft works one out
     */
    record IssuePath<H extends Record, A extends Record>(String path, Binder<A> answer, Drafter<H, A> draft) {}

    /**
     * What was sealed with a lease.
     *
     * @param handle as it was drafted
     * @param ttl how long it was to live when it was issued, which is what a renewal asks for again
     */
    record Opened<H>(H handle, Duration ttl) {}

    @Override
    public <A extends Record> Leases<H> issue(String path, Class<A> answer, Drafter<H, A> draft) {
        paths.add(new IssuePath<>(path, new Binder<>(answer), draft));
        return this;
    }

    @Override
    public Leases<H> withoutEffect() {
        withoutEffect = true;
        return this;
    }

    @Override
    public Leases<H> extend(Extend<H> declared) {
        extend = declared;
        return this;
    }

    @Override
    public Leases<H> settle(Settle<H> declared) {
        settle = declared;
        return this;
    }

    @Override
    public Leases<H> on(Table<?> table, Function<H, String> named) {
        if (!(table instanceof HostTable<?> ours)) {
            throw new IllegalArgumentException("targets are a collection of the same mount");
        }
        target = named;
        ours.markAsTargets();
        return this;
    }

    @Override
    public <T extends Record> Leases<H> on(Table<T> table, Function<H, String> named, ToIntFunction<T> calls) {
        on(table, named);
        if (table instanceof HostTable<T> ours) {
            ours.onChange(entry -> scope.lanes()
                    .calls(
                            entry,
                            ours.find(entry).map(found -> own(found, calls)).orElse(0)));
        }
        return this;
    }

    /** An entry that can't say how many it takes is served by the common number: it may still have leases to end. */
    private <T> int own(T entry, ToIntFunction<T> calls) {
        try {
            return Math.max(0, scope.guard().call(() -> calls.applyAsInt(entry)));
        } catch (EngineFailure e) {
            LOG.atWarn()
                    .addKeyValue("mount", scope.entry().get().path())
                    .addKeyValue("problem", e.getMessage())
                    .log("a target doesn't say how many calls it takes");
            return 0;
        }
    }

    @Override
    public Leases<H> revokeAll(int longest, Function<H, Object> key, Mount.Revoke<List<H>> declared) {
        most = longest;
        alike = key;
        revokeAll = declared;
        return this;
    }

    @Override
    public long live(String named) {
        Drafting.refuse("Leases.live");
        LeaseFilter filter = new LeaseFilter("", scope.id(), named, name, null, null, 0, null, Long.MAX_VALUE);
        return Blocking.await(scope.leases().count(filter));
    }

    String name() {
        return name;
    }

    List<IssuePath<H, ?>> paths() {
        return paths;
    }

    boolean isWithoutEffect() {
        return withoutEffect;
    }

    @Nullable
    Extend<H> extend() {
        return extend;
    }

    @Nullable
    Settle<H> settle() {
        return settle;
    }

    Mount.Revoke<H> revoke() {
        return revoke;
    }

    Mount.@Nullable Revoke<List<H>> revokeAll() {
        return revokeAll;
    }

    int most() {
        return most;
    }

    Object alike(H handle) {
        return alike.apply(handle);
    }

    String target(H handle) {
        return target.apply(handle);
    }

    /** Whether this is a handle of this kind and nothing else. */
    boolean isHandle(Record handle) {
        return handle.getClass() == type;
    }

    /** Seals what is kept with lease {@code n}. */
    Barrier.Sealed seal(long n, H handle, Duration ttl) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.set(HANDLE, binder.stored(handle));
        tree.put(TTL, ttl.toSeconds());
        return scope.parts().barrier().seal(SealedTrees.bytes(tree), place(n));
    }

    /**
     * Opens what was kept with a lease.
     *
     * @throws Barrier.SealedException if the broker is sealed
     * @throws UnreadableHandleException if it can't be read
     */
    Opened<H> open(Lease lease) {
        try {
            byte[] plain = scope.parts().barrier().open(lease.keyVersion(), lease.sealed(), place(lease.n()));
            JsonNode tree = SealedTrees.tree(plain);
            Duration ttl = Duration.ofSeconds(tree.path(TTL).asLong());
            return new Opened<>(binder.restore(tree.path(HANDLE)), ttl);
        } catch (Barrier.UnreadableException | IOException | IllegalArgumentException e) {
            throw new UnreadableHandleException(lease.n(), e);
        }
    }

    private static String place(long n) {
        return "lease/" + n;
    }
}
