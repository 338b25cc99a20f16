package io.daypass.broker.mount;

import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Route;
import io.daypass.broker.api.Stages;
import io.daypass.broker.api.Verb;
import io.daypass.broker.mount.bind.Printable;
import io.daypass.broker.mount.lane.Lanes;
import io.daypass.broker.plugin.NewVersion;
import io.daypass.broker.seal.SealedStore;
import io.daypass.lease.Enders;
import io.daypass.lease.LaneKey;
import io.daypass.lease.Lease;
import io.daypass.outbox.Committed;
import io.daypass.outbox.Event;
import io.daypass.plugin.Engine;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All mounts. Looking up what serves a path reads one immutable table; changes are made one at a time, are durable before
 * they are seen, and replace it.
 *
 * <p>A mount goes in this order: closed for new leases (durable), its leases revoked (durable), and its configuration
 * removed after its last row. What a stop or a crash interrupts is taken up at the next start.
 */
public final class Mounts {
    private static final Logger LOG = LoggerFactory.getLogger(Mounts.class);
    private static final String TOKEN_PATH = "auth/token/";
    private static final int ID_BYTES = 8;

    private final Parts parts;
    private final MountRecords records;
    private final Unmounts unmounts;
    private final OneAtATime changes = new OneAtATime();
    private final MountEnders enders;
    private final Renew renew;
    private final Reopening reopening;
    private volatile RouteTable builtIn = new RouteTable(List.of());
    private volatile MountTable table = MountTable.EMPTY;

    /** @param parts what mounts work with */
    public Mounts(Parts parts) {
        this.parts = parts;
        this.records =
                new MountRecords(new SealedTrees(new SealedStore(parts.store().entries(), parts.barrier())));
        this.unmounts = new Unmounts(parts.store());
        this.enders = new MountEnders(this::open, id -> table.ofId(id).orElse(null) instanceof Reopening.Changing);
        this.renew = new Renew(this::open);
        this.reopening =
                new Reopening(parts, () -> table, this::openOrBroken, slot -> change(before -> before.with(slot)));
        parts.store().outbox().listen(this::committed);
    }

    private void committed(Committed committed) {
        MountTable now = table;
        for (Event event : committed.events()) {
            if (!event.source().mount().equals(MountEnders.TOKEN)
                    && now.ofId(event.source().mount()).orElse(null) instanceof Mounted mounted) {
                mounted.happened(event);
            }
        }
    }

    /** Begins with whatever is due to entries of mounts. To be called every second. */
    public void look() {
        table.slots().stream()
                .filter(Mounted.class::isInstance)
                .map(Mounted.class::cast)
                .forEach(Mounted::look);
    }

    /** What whoever asks for the end of a lease is to be told. */
    public List<String> endingWarnings(Lease lease) {
        return open(lease.source().mount())
                .map(mounted -> mounted.kinds().get(lease.source().kind()))
                .flatMap(kind -> kind.endingWarning(lease))
                .map(List::of)
                .orElse(List.of());
    }

    /**
     * Serves the broker's own paths, whole ones such as {@code sys/health}. They are there whether sealed or not.
     *
     * @throws IllegalArgumentException if two of them are the same
     */
    public void builtIn(Collection<Route> routes) {
        builtIn = new RouteTable(routes);
    }

    /** Where the reaper ends leases. */
    public Enders enders() {
        return enders;
    }

    /** What renews leases. */
    public Renew renew() {
        return renew;
    }

    /** Opens all mounts and takes up what was left half done; to be called when the barrier is open. */
    public Future<Void> start() {
        return changes.then(() -> records.all()
                .map(entries -> entries.stream().map(this::openOrBroken).toList())
                .compose(slots ->
                        Future.all(slots.stream().map(Mounts::loaded).toList()).map(loaded -> slots))
                .compose(slots -> {
                    slots.forEach(slot -> change(before -> before.with(slot)));
                    return Stages.here(parts.store().leases().closed());
                })
                .compose(this::takeUp));
    }

    private static Future<Void> loaded(Slot slot) {
        return slot instanceof Mounted mounted ? mounted.load() : Future.succeededFuture();
    }

    /** What is closed: a mount is still being removed; a target's removal was decided, or it is open again. */
    private Future<Void> takeUp(List<LaneKey> closed) {
        List<Future<Void>> done = new ArrayList<>();
        for (LaneKey lane : closed) {
            Optional<Slot> slot = table.ofId(lane.mount());
            if (lane.target().isEmpty() && slot.isPresent()) {
                done.add(remove(slot.get()).mapEmpty());
            } else {
                done.add(Stages.here(parts.store().leases().open(lane)));
            }
        }
        return Future.all(done).mapEmpty();
    }

    private Slot openOrBroken(MountEntry entry) {
        try {
            return open(entry);
        } catch (RuntimeException e) {
            String why = Slot.Broken.told(e);
            LOG.atError()
                    .addKeyValue("mount", entry.path())
                    .addKeyValue("type", entry.type())
                    .addKeyValue("problem", why)
                    .log("a mount can't be opened; its leases stay due until it can");
            return new Slot.Broken(entry, why);
        }
    }

    /** Has mounts served by another version of their plugin; fails, having changed nothing, if it can't. */
    public Future<Void> reopen(NewVersion version) {
        return changes.then(() -> reopening.with(version));
    }

    private Mounted open(MountEntry entry) {
        Engine engine = parts.engines().make(entry.type()).orElseThrow(() -> unknownType(entry.type()));
        return Mounted.open(entry, engine, parts);
    }

    private ApiException unknownType(String type) {
        return ApiException.badRequest("type: no plugin has an engine of the type '" + Printable.of(type)
                + "'; known are: " + String.join(", ", parts.engines().types()));
    }

    /** Closes all mounts: no call is begun any more, those under way are waited for within a bound. */
    public Future<Void> stop() {
        return changes.then(() -> {
            MountTable before = table;
            table = MountTable.EMPTY;
            unmounts.forgetAll();
            List<Future<Void>> closed = before.slots().stream()
                    .map(slot -> slot instanceof Mounted mounted ? close(mounted) : Future.<Void>succeededFuture())
                    .toList();
            return Future.all(closed).mapEmpty();
        });
    }

    private Future<Void> close(Mounted mounted) {
        return Stages.here(mounted.close(parts.limits().closeWithin()));
    }

    /** Finds what serves a path. Pure: it looks at what is mounted now. */
    public Resolved resolve(Verb verb, List<String> segments) {
        RouteTable.Match own = builtIn.find(verb, segments, 0);
        if (own.route() != null || own.known()) {
            return new Resolved(own.route(), own.variables(), own.route() == null);
        }
        return table.resolve(verb, segments);
    }

    /** All mounts, by their paths. Those that are being removed are still among them. */
    public List<MountEntry> list() {
        return table.slots().stream().map(Slot::entry).toList();
    }

    /**
     * The id of what leases belong to, given its path.
     *
     * @param path with or without slashes at its ends; {@code auth/token} for tokens
     * @return empty if nothing is mounted exactly there
     */
    public Optional<String> idOf(String path) {
        String at = MountPaths.of(path);
        return at.equals(TOKEN_PATH)
                ? Optional.of(MountEnders.TOKEN)
                : table.at(at).map(slot -> slot.entry().id());
    }

    /** The mount that a path lies in. */
    public Optional<MountEntry> mountOf(List<String> segments) {
        return table.over(segments).map(Slot::entry);
    }

    /**
     * How full the lanes of a mount are.
     *
     * @param mount the mount
     * @param lanes those that have, or had just now, something to do
     */
    public record Loads(MountEntry mount, List<Lanes.Load> lanes) {}

    /** How full all lanes are. */
    public List<Loads> loads() {
        return table.slots().stream()
                .filter(Mounted.class::isInstance)
                .map(Mounted.class::cast)
                .map(mounted ->
                        new Loads(mounted.entry(), mounted.scope().lanes().loads()))
                .toList();
    }

    /**
     * What an engine measured of its target.
     *
     * @param name what was measured
     * @param about one line about it
     * @param mount the mount
     * @param target the target
     * @param value as last measured
     */
    public record Measured(String name, String about, MountEntry mount, String target, double value) {}

    /** What engines measured of their targets. */
    public List<Measured> measured() {
        return table.slots().stream()
                .filter(Mounted.class::isInstance)
                .map(Mounted.class::cast)
                .flatMap(mounted -> mounted.gauges().stream().flatMap(gauge -> measured(mounted, gauge)))
                .toList();
    }

    private static Stream<Measured> measured(Mounted mounted, TargetGauge gauge) {
        return gauge.read().get().entrySet().stream()
                .map(each ->
                        new Measured(gauge.name(), gauge.about(), mounted.entry(), each.getKey(), each.getValue()));
    }

    /**
     * Mounts an engine.
     *
     * @param path with or without slashes at its ends
     * @return fails with 400 if the path is taken, reserved or not a path, if no plugin has that type, or if the
     *     configuration contradicts itself
     */
    public Future<Void> enable(String path, String type, String description, MountConfig config) {
        String at = MountPaths.of(path);
        MountPaths.check(at);
        check(config);
        return changes.then(() -> {
            Optional<String> clash = table.clash(at);
            if (clash.isPresent()) {
                return Future.failedFuture(ApiException.badRequest("path is already in use at " + clash.get()));
            }
            Mounted mounted;
            try {
                mounted = open(new MountEntry(at, newId(type), type, description, config));
            } catch (RuntimeException e) {
                return Future.failedFuture(e);
            }
            return mounted.load()
                    .compose(loaded -> records.add(mounted.entry()))
                    .compose(added -> {
                        if (!added) {
                            mounted.close(Duration.ZERO);
                            return Future.failedFuture(ApiException.badRequest("path is already in use at " + at));
                        }
                        change(before -> before.with(mounted));
                        return Future.succeededFuture();
                    });
        });
    }

    private String newId(String type) {
        byte[] random = new byte[ID_BYTES];
        parts.random().nextBytes(random);
        return type + "_" + HexFormat.of().formatHex(random);
    }

    /**
     * Sets a mount anew.
     *
     * @return fails with 400 if nothing is mounted there, or the configuration contradicts itself
     */
    public Future<Void> tune(String path, String description, MountConfig config) {
        String at = MountPaths.of(path);
        check(config);
        return changes.then(() -> {
            Slot slot = table.at(at).orElseThrow(() -> ApiException.badRequest("nothing is mounted at " + at));
            MountEntry changed = slot.entry().with(description, config);
            return records.replace(changed).compose(done -> {
                if (slot instanceof Mounted mounted) {
                    mounted.entry(changed);
                } else {
                    Slot reopened = openOrBroken(changed);
                    return loaded(reopened).onSuccess(read -> change(before -> before.with(reopened)));
                }
                return Future.succeededFuture();
            });
        });
    }

    private void check(MountConfig config) {
        Duration systemMax = parts.limits().maxTtl();
        if (config.maxLeaseTtl().compareTo(systemMax) > 0) {
            throw ApiException.badRequest(
                    "max_lease_ttl: at most " + MountScope.seconds(systemMax) + ", the system's maximum");
        }
        Duration max = Lifetimes.max(config, parts.limits());
        if (config.defaultLeaseTtl().compareTo(max) > 0) {
            throw ApiException.badRequest(
                    "default_lease_ttl: at most max_lease_ttl, which is " + MountScope.seconds(max));
        }
    }

    /**
     * Removes a mount and ends all its leases. Does nothing if nothing is mounted there.
     *
     * @return when its end is durable, and as far as can be waited for: true if all of it is gone, false if leases are
     *     still being ended, which goes on until it succeeds
     */
    public Future<Boolean> disable(String path) {
        String at = MountPaths.of(path);
        return changes.then(() -> table.at(at)
                        .map(this::remove)
                        .orElseGet(() -> Future.succeededFuture(CompletableFuture.completedFuture(true))))
                .compose(gone -> Stages.here(gone.copy()
                        .completeOnTimeout(false, parts.limits().closeWithin().toMillis(), TimeUnit.MILLISECONDS)));
    }

    /** Begins a removal; the inner future completes when all of it is gone. */
    private Future<CompletableFuture<Boolean>> remove(Slot slot) {
        MountEntry entry = slot.entry();
        CompletableFuture<Boolean> gone = new CompletableFuture<>();
        return Stages.here(unmounts.begin(entry.id())).map(begun -> {
            if (slot instanceof Mounted mounted) {
                mounted.beginEnding();
            }
            Stages.here(unmounts.gone(entry.id()))
                    .compose(last -> changes.then(() -> finish(entry)))
                    .onSuccess(done -> gone.complete(true))
                    .onFailure(error -> LOG.atError()
                            .addKeyValue("mount", entry.path())
                            .setCause(error)
                            .log("a mount's configuration can't be removed; it is tried again at the next start"));
            return gone;
        });
    }

    private Future<Void> finish(MountEntry entry) {
        // Not the slot that its removal began with: its plugin may have been reloaded since.
        Slot slot = table.ofId(entry.id()).orElse(null);
        if (slot == null) {
            return Future.succeededFuture();
        }
        return records.remove(entry)
                .compose(removed -> {
                    change(before -> before.without(entry.path()));
                    unmounts.forget(entry.id());
                    return Stages.here(parts.store().leases().open(new LaneKey(entry.id(), "")));
                })
                .compose(opened -> slot instanceof Mounted mounted ? close(mounted) : Future.succeededFuture());
    }

    private synchronized void change(UnaryOperator<MountTable> to) {
        table = to.apply(table);
    }

    private Optional<Mounted> open(String id) {
        return table.ofId(id).filter(Mounted.class::isInstance).map(Mounted.class::cast);
    }
}
