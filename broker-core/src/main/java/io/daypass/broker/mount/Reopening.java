package io.daypass.broker.mount;

import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Stages;
import io.daypass.broker.api.Verb;
import io.daypass.broker.plugin.NewVersion;
import io.daypass.broker.plugin.RefusedPluginException;
import io.daypass.lease.Lease;
import io.daypass.lease.LeaseFilter;
import io.daypass.lease.LeaseTable;
import io.daypass.lease.Source;
import io.daypass.plugin.Engine;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Has mounts served by another version of their plugin. It is tried on each of them first, beside the one that serves: it
 * must open, read every entry that could be read before, and know every kind of lease that is live, and their handles. If
 * anything fails nothing has changed. Only then does each mount change over: calls under way return, the old engine is
 * closed, the new one opened; what is asked meanwhile is told to come again.
 */
final class Reopening {
    /** How many live handles of a kind are read to see whether they can be. */
    private static final int HANDLES = 500;

    private final Parts parts;
    private final Supplier<MountTable> table;
    private final Function<MountEntry, Slot> open;
    private final Consumer<Slot> put;

    /**
     * @param table what is mounted now
     * @param open opens a mount with what plugins answer then
     * @param put puts a slot into the table
     */
    Reopening(Parts parts, Supplier<MountTable> table, Function<MountEntry, Slot> open, Consumer<Slot> put) {
        this.parts = parts;
        this.table = table;
        this.open = open;
        this.put = put;
    }

    /** Fails with {@link RefusedPluginException}, and changes nothing then, if the version can't serve some mount. */
    Future<Void> with(NewVersion version) {
        List<Slot> concerned = table.get().slots().stream()
                .filter(slot -> concerns(version, slot))
                .toList();
        Future<Void> tried = Future.succeededFuture();
        for (Slot slot : concerned) {
            tried = tried.compose(before -> tryOn(slot, version));
        }
        return tried.compose(right -> {
            version.take();
            return Future.all(concerned.stream().map(this::changeOver).toList()).mapEmpty();
        });
    }

    private static boolean concerns(NewVersion version, Slot slot) {
        return version.concerned().contains(slot.entry().type())
                || (slot instanceof Mounted mounted && !Collections.disjoint(mounted.points(), version.points()));
    }

    private Future<Void> tryOn(Slot slot, NewVersion version) {
        MountEntry entry = slot.entry();
        Mounted fresh;
        try {
            fresh = Mounted.open(entry, engine(entry, version), parts);
        } catch (RefusedPluginException refused) {
            return Future.failedFuture(refused);
        } catch (RuntimeException e) {
            return Future.failedFuture(new RefusedPluginException(
                    "it can't be mounted at " + entry.path() + ": " + Slot.Broken.told(e), e));
        }
        return fresh.load()
                .compose(loaded -> entriesAreRead(slot, fresh))
                .compose(read -> kindsAreKnown(fresh))
                .eventually(() -> Stages.here(fresh.close(Duration.ZERO)));
    }

    private Engine engine(MountEntry entry, NewVersion version) throws RefusedPluginException {
        if (!version.concerned().contains(entry.type())) {
            return parts.engines().make(entry.type()).orElseThrow();
        }
        return version.make(entry.type())
                .orElseThrow(() -> new RefusedPluginException("it has no engine of the type " + entry.type()
                        + " any more, which is mounted at " + entry.path() + ": unmount it first"));
    }

    private static Future<Void> entriesAreRead(Slot before, Mounted fresh) {
        Set<String> unreadable = new TreeSet<>();
        if (before instanceof Mounted mounted) {
            unreadable.addAll(fresh.unreadable());
            unreadable.removeAll(mounted.unreadable());
        }
        return unreadable.isEmpty()
                ? Future.succeededFuture()
                : refused("it can't read what is stored at " + fresh.entry().path() + " ("
                        + String.join(", ", unreadable)
                        + "): give new components a @Default, or remove the entries first");
    }

    private Future<Void> kindsAreKnown(Mounted fresh) {
        LeaseTable leases = parts.store().leases();
        String mount = fresh.entry().id();
        return Stages.here(leases.sources()).compose(sources -> {
            Future<Void> known = Future.succeededFuture();
            for (String kind : new TreeSet<>(sources.stream()
                    .filter(source -> source.mount().equals(mount))
                    .map(Source::kind)
                    .toList())) {
                known = known.compose(before -> isKnown(leases, fresh, kind));
            }
            return known;
        });
    }

    private static Future<Void> isKnown(LeaseTable leases, Mounted fresh, String kind) {
        LeaseFilter live = new LeaseFilter("", fresh.entry().id(), null, kind, null, null, 0, null, Long.MAX_VALUE);
        return Stages.here(leases.list(live, 0, HANDLES)).compose(rows -> {
            Kind<?> found = fresh.kinds().get(kind);
            if (rows.isEmpty() || (found != null && canRead(found, rows))) {
                return Future.succeededFuture();
            }
            String path = rows.get(0).source().path();
            return refused(
                    found == null
                            ? "it has no leases of the kind " + kind + " any more, and such are live (" + path
                                    + "): keep the kind until they have ended"
                            : "it can't read the handles of leases of the kind " + kind + " that are live (" + path
                                    + "): give new components a @Default, or name a new kind and keep this one");
        });
    }

    private static boolean canRead(Kind<?> kind, List<Lease> rows) {
        try {
            rows.forEach(kind::open);
            return true;
        } catch (UnreadableHandleException e) {
            return false;
        }
    }

    private static Future<Void> refused(String why) {
        return Future.failedFuture(new RefusedPluginException(why));
    }

    /** Read twice: what is written to the mount while it is read for the first time is there for the second. */
    private Future<Void> changeOver(Slot old) {
        MountEntry entry = old.entry();
        put.accept(new Changing(entry));
        Future<Void> closed = old instanceof Mounted mounted
                ? Stages.here(mounted.close(parts.limits().closeWithin()))
                : Future.succeededFuture();
        return closed.compose(done -> {
            Slot fresh = open.apply(entry);
            return loaded(fresh)
                    .onSuccess(read -> {
                        if (fresh instanceof Mounted ending && old instanceof Mounted before && before.isEnding()) {
                            ending.beginEnding();
                        }
                        put.accept(fresh);
                    })
                    .compose(read -> loaded(fresh));
        });
    }

    private static Future<Void> loaded(Slot slot) {
        return slot instanceof Mounted mounted ? mounted.load() : Future.succeededFuture();
    }

    /** A mount whose engine is being exchanged. */
    record Changing(MountEntry entry) implements Slot {
        @Override
        public Resolved resolve(Verb verb, List<String> path, int from) {
            return Slot.always(
                    verb, ApiException.busy("the plugin of " + entry.path() + " is being reloaded; try again"));
        }
    }
}
