package io.daypass.broker.mount;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Call;
import io.daypass.broker.api.Reply;
import io.daypass.broker.api.Route;
import io.daypass.broker.api.Stages;
import io.daypass.broker.api.Verb;
import io.daypass.broker.mount.bind.Binder;
import io.daypass.broker.mount.lane.Lanes;
import io.daypass.lease.LaneKey;
import io.daypass.lease.LeaseFilter;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Mount;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Create, read, list and delete over the entries of one collection. A write is bound over the newest entry, checked on the
 * lane, and stored only if that is still the newest; else all of it is done again.
 */
final class CollectionRoutes<T extends Record, S extends Record> {
    private static final int TRIES = 5;

    private final MountScope scope;
    private final CollectionPath path;
    private final HostTable<T> table;
    private final Mount.@Nullable Check<T> check;
    private final Binder<S> shown;
    private final Function<T, S> show;

    /**
     * @param check null: an entry that can be bound can be stored
     * @param shown writes what a reader sees
     * @param show computes what a reader sees
     */
    CollectionRoutes(
            MountScope scope,
            CollectionPath path,
            HostTable<T> table,
            Mount.@Nullable Check<T> check,
            Binder<S> shown,
            Function<T, S> show) {
        this.scope = scope;
        this.path = path;
        this.table = table;
        this.check = check;
        this.shown = shown;
        this.show = show;
    }

    List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        routes.add(Route.of(Verb.READ, path.pattern(), this::read));
        routes.add(Route.of(Verb.WRITE, path.pattern(), call -> write(call, false))
                .creatingUnless(variables -> table.has(path.name(variables))));
        routes.add(Route.of(Verb.PATCH, path.pattern(), call -> write(call, true)));
        routes.add(Route.of(Verb.DELETE, path.pattern(), this::delete));
        if (!path.isSingle()) {
            routes.add(Route.of(Verb.LIST, path.parent(), this::list));
        }
        return routes;
    }

    private Future<Reply> read(Call call) {
        T entry = table.find(path.name(call.variables())).orElseThrow(ApiException::notFound);
        return Future.succeededFuture(Reply.data(scope.guarded(() -> shown.shown(show.apply(entry)))));
    }

    private Future<Reply> list(Call call) {
        Map<String, T> all = table.all();
        if (all.isEmpty()) {
            throw ApiException.notFound();
        }
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        ArrayNode keys = data.putArray("keys");
        all.keySet().forEach(keys::add);
        return Future.succeededFuture(Reply.data(data));
    }

    private Future<Reply> write(Call call, boolean mustExist) {
        String name = path.name(call.variables());
        if (!path.isSingle()) {
            EntryNames.check(path.variable(), name);
        }
        if (mustExist && !table.has(name)) {
            throw ApiException.notFound();
        }
        return write(call, name, TRIES);
    }

    private Future<Reply> write(Call call, String name, int tries) {
        HostTable.Held<T> newest = table.held(name);
        Binder.Bound<T> bound = table.binder().bind(call.request().body(), newest.value(), path.variables());
        return checked(name, bound.value())
                .compose(warnings -> Stages.here(table.put(name, newest.version(), bound.value()))
                        .compose(done -> {
                            if (done) {
                                List<String> lines = new ArrayList<>(bound.warnings());
                                lines.addAll(warnings);
                                return settled(name, lines);
                            }
                            if (tries == 0) {
                                return Future.failedFuture(ApiException.busy(
                                        table.what() + " " + name + " is changed by others all the time"));
                            }
                            return Stages.here(table.reload(name)).compose(reloaded -> write(call, name, tries - 1));
                        }));
    }

    private Future<Reply> settled(String name, List<String> warnings) {
        return Stages.here(table.settle(name)).map(more -> {
            warnings.addAll(more);
            return Reply.none().warnings(warnings);
        });
    }

    private Future<List<String>> checked(String name, T entry) {
        if (check == null) {
            return Future.succeededFuture(List.of());
        }
        Lanes.Place place = Work.reserve(scope, table.areTargets() ? name : "");
        Deadline deadline = scope.deadlineIn(scope.parts().limits().callDeadline());
        return Work.in(scope, place, deadline, () -> check.check(name, entry, deadline));
    }

    private Future<Reply> delete(Call call) {
        String name = path.name(call.variables());
        if (!table.has(name)) {
            return Future.succeededFuture(Reply.none());
        }
        List<String> warnings = scope.guarded(() -> table.deletionWarnings(name));
        Future<Void> done = table.areTargets() ? removeTarget(name) : discard(name);
        return done.map(removed -> Reply.none().warnings(warnings));
    }

    private Future<Void> discard(String name) {
        return Stages.here(table.discard(name)).mapEmpty();
    }

    /** Where leases live it is refused without keeping anybody out, since that would spoil those that are being minted. */
    private Future<Void> removeTarget(String name) {
        return unused(name).compose(none -> removeUnused(name));
    }

    /** Keeps leases out first, so that none begins between the count and the removal. */
    private Future<Void> removeUnused(String name) {
        LaneKey lane = scope.lane(name);
        return Stages.here(scope.closures().close(lane))
                .compose(closed -> unused(name))
                .compose(none -> discard(name))
                .eventually(() -> Stages.here(scope.closures().open(lane)));
    }

    private Future<Void> unused(String name) {
        return Stages.here(scope.leases().count(LeaseFilter.in(scope.lane(name))))
                .compose(live -> live == 0 ? Future.succeededFuture() : Future.failedFuture(inUse(name, live)));
    }

    private ApiException inUse(String name, long live) {
        return ApiException.badRequest(
                table.what() + ": " + name + " has " + live + " live lease" + (live == 1 ? "" : "s")
                        + ", which can be ended only through it; revoke them first (daypass lease revoke --prefix), then delete"
                        + " it");
    }

    /** A collection's pattern, taken apart. */
    record CollectionPath(String pattern, String parent, String variable) {
        /** @throws IllegalArgumentException if it has a variable anywhere but at its end */
        static CollectionPath of(String pattern) {
            int last = pattern.lastIndexOf('/');
            String end = pattern.substring(last + 1);
            boolean single = !end.startsWith("{");
            String parent = single ? pattern : pattern.substring(0, Math.max(0, last));
            if (parent.contains("{") || parent.isEmpty()) {
                throw new IllegalArgumentException("the collection " + pattern + " may have one variable, at its end");
            }
            return new CollectionPath(pattern, parent, single ? "" : end.substring(1, end.length() - 1));
        }

        boolean isSingle() {
            return variable.isEmpty();
        }

        String name(Map<String, String> variables) {
            return isSingle() ? "" : variables.getOrDefault(variable, "");
        }

        /** The name is in the path; clients that send it in the body too are not told that it is unknown. */
        Set<String> variables() {
            return isSingle() ? Set.of() : Set.copyOf(List.of(variable, "name"));
        }

        /** What one entry is called: {@code roles/{role}} holds roles, each of which is a role. */
        String what() {
            return isSingle() ? pattern : variable;
        }
    }
}
