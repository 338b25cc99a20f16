package io.daypass.broker.mount;

import io.daypass.broker.mount.draw.Names;
import io.daypass.lease.Lease;
import io.daypass.lease.LeaseFilter;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Doc;
import io.daypass.plugin.Leases;
import io.daypass.plugin.Mount;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What bears a broker's mark in a target and has no lease here. The target is listed before the rows are read, so nothing
 * that is begun meanwhile is taken for an orphan; and once more after that, since what ended meanwhile has no row either.
 */
final class Orphans<H extends Record> implements Mount.Read<Orphans.Found> {
    private static final int PAGE = 500;

    private final MountScope scope;
    private final Kind<H> kind;
    private final String path;
    private final Function<H, String> name;
    private final Leases.ListIn list;

    /**
     * @param kind whose leases they may be, in any mount: two connections may lead to one database
     * @param path that answers it
     */
    Orphans(MountScope scope, Kind<H> kind, String path, Function<H, String> name, Leases.ListIn list) {
        this.scope = scope;
        this.kind = kind;
        this.path = path;
        this.name = name;
        this.list = list;
    }

    /** What is answered. */
    record Found(
            @Doc("Names in the target that no lease here has, in order")
            List<String> orphans) {}

    String path() {
        return path;
    }

    @Override
    public Optional<Found> read(Mount.Call call, Deadline deadline) throws Exception {
        int variable = path.indexOf('{');
        String target = variable < 0 ? "" : call.at(path.substring(variable + 1, path.indexOf('}')));
        Set<String> names = new TreeSet<>(list.list(target, deadline));
        names.removeIf(each -> !Names.isMade(each));
        withoutLeases(names, deadline);
        if (!names.isEmpty()) {
            names.retainAll(list.list(target, deadline));
        }
        return Optional.of(new Found(List.copyOf(names)));
    }

    private void withoutLeases(Set<String> names, Deadline deadline) {
        LeaseFilter filter = new LeaseFilter("", null, null, kind.name(), null, null, 0, null, Long.MAX_VALUE);
        long after = 0;
        List<Lease> page;
        do {
            if (names.isEmpty()) {
                return;
            }
            // Throws when it has passed: what nobody waits for any more holds no place in the lane.
            deadline.left();
            page = Blocking.await(scope.leases().list(filter, after, PAGE));
            for (Lease lease : page) {
                after = lease.n();
                named(lease).ifPresent(names::remove);
            }
        } while (page.size() == PAGE);
    }

    /** A kind of that name may be another engine's, whose handles are of no use here. */
    private Optional<String> named(Lease lease) {
        try {
            return Optional.of(name.apply(kind.open(lease).handle()));
        } catch (UnreadableHandleException e) {
            return Optional.empty();
        }
    }
}
