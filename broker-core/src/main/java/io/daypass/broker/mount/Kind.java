package io.daypass.broker.mount;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.broker.api.Verb;
import io.daypass.broker.mount.bind.Binder;
import io.daypass.broker.mount.guard.EngineFailure;
import io.daypass.broker.seal.Barrier;
import io.daypass.lease.Afterlife;
import io.daypass.lease.Lease;
import io.daypass.outbox.Event;
import io.daypass.plugin.Leases;
import io.daypass.plugin.Mount;
import io.daypass.plugin.Table;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One kind of lease, as its engine declared it, and how its handles are kept. */
final class Kind<H extends Record> implements Leases<H>, Signal.Of {
    private static final Logger LOG = LoggerFactory.getLogger(Kind.class);
    private static final String HANDLE = "handle";
    private static final String TTL = "ttl";

    private final MountScope scope;
    private final String name;
    private final Class<H> type;
    private final Binder<H> binder;
    private final Mount.@Nullable End<H> end;
    private final KindRows<H> rows;
    private final HostRevoked revoked;
    private final Signal signal = new Signal();
    private final List<IssuePath<H, ?>> paths = new ArrayList<>();
    private boolean withoutEffect;
    private boolean keepsSecrets;
    private @Nullable Function<H, Instant> lingers;
    private @Nullable Listing<H> listing;
    private Function<H, Optional<String>> endingWarning = handle -> Optional.empty();
    private @Nullable Extend<H> extend;
    private @Nullable Settle<H> settle;
    private @Nullable Unfenced<H> unfenced;
    private Function<H, String> target = handle -> "";
    private int most = 1;
    private Function<H, Object> alike = handle -> handle;
    private Mount.@Nullable Revoke<List<H>> revokeAll;
    private @Nullable Orphans<H> orphans;

    /**
     * @param end null: nothing is to be done
     * @throws IllegalArgumentException if the handle can't be bound
     */
    Kind(MountScope scope, String name, Class<H> type, Mount.@Nullable End<H> end) {
        this.scope = scope;
        this.name = name;
        this.type = type;
        this.binder = new Binder<>(type);
        this.end = end;
        this.withoutEffect = end == null;
        this.rows = new KindRows<>(scope, this);
        this.revoked = new HostRevoked(scope, name);
    }

    /**
     * Looks whether what was declared goes together.
     *
     * @throws IllegalArgumentException if it doesn't
     */
    void check() {
        if (binder.holdsSecrets() && !keepsSecrets) {
            throw new IllegalArgumentException("the handle " + type.getSimpleName()
                    + " holds a secret, and the kind doesn't say that it keeps any");
        }
        if ((lingers != null || listing != null) && !withoutEffect) {
            throw new IllegalArgumentException(
                    "leases of the kind " + name + " have an effect outside, so they can't linger or be listed");
        }
    }

    /**
     * A path that issues leases of a kind.
     *
     * @param path relative to the mount
     * @param verbs it is asked with
     * @param answer what the caller gets
     * @param form reads the body
     */
    record IssuePath<H extends Record, A extends Record>(
            String path, List<Verb> verbs, Binder<A> answer, IssueForm<H, A> form) {}

    /**
     * What was sealed with a lease.
     *
     * @param handle as it was drafted
     * @param ttl how long it was to live when it was issued, which is what a renewal asks for again
     */
    record Opened<H>(H handle, Duration ttl) {}

    @Override
    public <A extends Record> Leases<H> issue(String path, Class<A> answer, Drafter<H, A> draft) {
        IssueForm<H, A> form = body -> new Binder.Bound<>(draft, AskedTtl.unknownBeside(body));
        paths.add(new IssuePath<>(path, List.of(Verb.READ, Verb.WRITE), new Binder<>(answer), form));
        return this;
    }

    @Override
    public <P extends Record, A extends Record> Leases<H> issue(
            String path, Class<P> params, Class<A> answer, DrafterWith<P, H, A> draft) {
        Binder<P> in = new Binder<>(params);
        IssueForm<H, A> form = body -> {
            Binder.Bound<P> bound = in.bind(body, null, Set.of(AskedTtl.FIELD));
            return new Binder.Bound<>(request -> draft.draft(request, bound.value()), bound.warnings());
        };
        paths.add(new IssuePath<>(path, List.of(Verb.WRITE), new Binder<>(answer), form));
        return this;
    }

    @Override
    public Leases<H> withoutEffect() {
        withoutEffect = true;
        return this;
    }

    @Override
    public Leases<H> keepsSecrets() {
        keepsSecrets = true;
        return this;
    }

    @Override
    public Leases<H> lingers(Function<H, Instant> until) {
        lingers = until;
        return this;
    }

    @Override
    public Leases<H> listed(ToLongFunction<H> serial, Function<H, Instant> until) {
        listing = new Listing<>(serial, until);
        return this;
    }

    @Override
    public Leases<H> issuer(Function<H, String> named) {
        listing = Listing.issuedBy(listing, named);
        return this;
    }

    @Override
    public Leases<H> endingWarns(Function<H, Optional<String>> warning) {
        endingWarning = warning;
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
    public Leases<H> unfenced(Predicate<H> which, Extend<H> lengthen) {
        unfenced = new Unfenced<>(which, lengthen);
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
    public Leases<H> list(String path, Function<H, String> named, ListIn list) {
        orphans = new Orphans<>(scope, this, path, named, list);
        return this;
    }

    /** What was declared to answer what has no lease; null: nothing. */
    @Nullable
    Orphans<H> orphans() {
        return orphans;
    }

    @Override
    public long live(String named) {
        return rows.live(named);
    }

    @Override
    public long ifNoneLives(String named, Runnable change) {
        return rows.ifNoneLives(named, change);
    }

    @Override
    public void each(String path, Consumer<H> each) {
        rows.each(path, each);
    }

    @Override
    public Optional<H> find(long number) {
        return rows.find(number);
    }

    @Override
    public boolean spend(long number) {
        return rows.spend(number);
    }

    @Override
    public HostRevoked revoked() {
        return revoked;
    }

    @Override
    public Signal signal() {
        return signal;
    }

    /** Something happened to a lease of this kind. */
    void happened(Event event) {
        switch (event.type()) {
            case ISSUED, RENEWED, ENDED -> signal.fire();
            case ENDING -> {
                signal.fire();
                revoked.ending(event.cursor());
            }
            case BEGUN, RETRYING, WAITING, GIVEN_UP, NOTED -> {
                // Nothing that a reader of rows can see.
            }
        }
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

    /** Which of its leases live where nothing can vouch for them; null: none. */
    @Nullable
    Unfenced<H> unfenced() {
        return unfenced;
    }

    /** Whether its leases have serials. */
    boolean isListed() {
        return listing != null;
    }

    /** What whoever ends a lease is told. */
    Optional<String> endingWarning(Lease lease) {
        try {
            H handle = open(lease).handle();
            return scope.guard().call(() -> endingWarning.apply(handle));
        } catch (UnreadableHandleException | EngineFailure e) {
            return Optional.empty();
        }
    }

    /** What is still known of a lease when it is over. Runs code of the engine. */
    Afterlife afterlife(H handle) {
        return Listing.afterlife(listing, handle, lingers == null ? null : lingers.apply(handle));
    }

    /** Whether a lease of this kind is found after it has expired. */
    boolean lingers() {
        return lingers != null;
    }

    /** What ends one; null: nothing is to be done. */
    Mount.@Nullable End<H> end() {
        return end;
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
