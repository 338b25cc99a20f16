package io.daypass.broker.mount;

import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Stages;
import io.daypass.broker.api.Verb;
import io.daypass.broker.mount.guard.Guard;
import io.daypass.broker.mount.lane.Lanes;
import io.daypass.outbox.Event;
import io.daypass.plugin.Engine;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One mount that is open: its engine, and all that was declared for it. */
final class Mounted implements Slot {
    private static final Logger LOG = LoggerFactory.getLogger(Mounted.class);

    private volatile MountEntry entry;
    private final MountScope scope;
    private final Engine engine;
    private final MountHost host;
    private final RouteTable routes;
    private volatile boolean ending;

    private Mounted(MountEntry entry, Engine engine, Parts parts) {
        this.entry = entry;
        this.engine = engine;
        Guard guard = new Guard(entry.type(), engine.getClass().getClassLoader(), this::secrets);
        this.scope = new MountScope(
                entry.id(),
                () -> this.entry,
                parts,
                guard,
                new Lanes(parts.limits().lanes(), parts.threads()),
                new Closures(parts.store().leases()),
                new AtomicReference<>());
        this.host = new MountHost(scope);
        guard.call(() -> {
            engine.open(host);
            return true;
        });
        host.seal();
        this.routes = new RouteTable(host.routes());
    }

    /**
     * Opens an engine at a path. Reads nothing yet.
     *
     * @throws RuntimeException if the engine can't be opened
     */
    static Mounted open(MountEntry entry, Engine engine, Parts parts) {
        return new Mounted(entry, engine, parts);
    }

    private Collection<String> secrets() {
        @Nullable MountHost declared = host;
        return declared == null
                ? List.of()
                : declared.tables().stream().flatMap(t -> t.secrets().stream()).collect(Collectors.toSet());
    }

    /** Reads the entries of all tables, and where what is counted had come to. */
    Future<Void> load() {
        List<Future<Void>> loads = new ArrayList<>();
        host.tables().forEach(table -> loads.add(Stages.here(table.load())));
        host.kinds().values().stream()
                .filter(Kind::isListed)
                .forEach(kind -> loads.add(Stages.here(kind.revoked().load())));
        if (host.kinds().values().stream().anyMatch(Kind::isListed)) {
            loads.add(Stages.here(scope.leases().serials(scope.id()).thenAccept(scope.counting()::set)));
        }
        return Future.all(loads).mapEmpty();
    }

    /** Begins with what is due to entries. */
    void look() {
        if (!ending) {
            host.chores().forEach(Chore::look);
        }
    }

    /** Something happened to a lease of this mount. */
    void happened(Event event) {
        Kind<?> kind = host.kinds().get(event.source().kind());
        if (kind != null) {
            kind.happened(event);
        }
    }

    @Override
    public MountEntry entry() {
        return entry;
    }

    void entry(MountEntry changed) {
        entry = changed;
    }

    MountScope scope() {
        return scope;
    }

    List<TargetGauge> gauges() {
        return host.gauges();
    }

    Map<String, Kind<?>> kinds() {
        return host.kinds();
    }

    /** The points of the SPI at which its engine asked what others add. */
    Set<Class<?>> points() {
        return host.points();
    }

    /** The entries that are stored and can't be read. */
    List<String> unreadable() {
        return host.tables().stream()
                .flatMap(table -> table.unreadable().stream())
                .toList();
    }

    boolean isEnding() {
        return ending;
    }

    /** Says that it is being removed: it serves nothing any more, but ends what it has issued. */
    void beginEnding() {
        ending = true;
    }

    @Override
    public Resolved resolve(Verb verb, List<String> path, int from) {
        if (ending) {
            String text = entry.path() + " is being removed: its leases are being revoked";
            return Slot.always(verb, ApiException.notFound(text));
        }
        RouteTable.Match match = routes.find(verb, path, from);
        if (match.route() == null && !match.known()) {
            return Slot.always(
                    verb,
                    verb == Verb.LIST
                            ? ApiException.notFound()
                            : ApiException.notFound("the engine at " + entry.path() + " serves nothing at this path"));
        }
        return new Resolved(match.route(), match.variables(), match.route() == null);
    }

    /** Closes the engine when the calls under way have returned, or that has taken too long. Never fails. */
    CompletionStage<Void> close(Duration within) {
        CompletableFuture<Void> bounded = new CompletableFuture<>();
        CompletionStage<Void> made = host.close();
        scope.lanes().close().thenCompose(drained -> made).whenComplete((over, error) -> bounded.complete(null));
        bounded.completeOnTimeout(null, within.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<Void> closed = new CompletableFuture<>();
        CompletionStage<Void> over = bounded;
        over.thenRun(() -> scope.parts().threads().run(() -> {
            closeNow();
            closed.complete(null);
        }));
        return closed;
    }

    private void closeNow() {
        host.resources().forEach(HostResources::closeAll);
        try {
            scope.guard().call(() -> {
                engine.close();
                return true;
            });
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("mount", entry.path())
                    .addKeyValue("problem", e.getMessage())
                    .log("an engine could not be closed");
        }
        host.tables().forEach(HostTable::clear);
    }
}
