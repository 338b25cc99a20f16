package io.daypass.broker.mount;

import io.daypass.broker.mount.guard.Drafting;
import io.daypass.lease.Cause;
import io.daypass.lease.LaneKey;
import io.daypass.lease.Lease;
import io.daypass.lease.LeaseFilter;
import io.daypass.lease.LeaseState;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The leases of one kind as its engine reads them: out of the store, a page at a time. */
final class KindRows<H extends Record> {
    private static final int PAGE = 500;

    private final MountScope scope;
    private final Kind<H> kind;

    KindRows(MountScope scope, Kind<H> kind) {
        this.scope = scope;
        this.kind = kind;
    }

    void each(String path, Consumer<H> each) {
        Drafting.refuse("Leases.each");
        String prefix = path.isEmpty() ? "" : scope.path() + "/" + path;
        LeaseFilter filter = new LeaseFilter(
                prefix, scope.id(), null, kind.name(), LeaseState.ACTIVE, null, 0, null, Long.MAX_VALUE);
        long after = 0;
        List<Lease> page;
        do {
            page = Blocking.await(scope.leases().list(filter, after, PAGE));
            for (Lease lease : page) {
                after = lease.n();
                if (isThere(lease)) {
                    each.accept(kind.open(lease).handle());
                }
            }
        } while (page.size() == PAGE);
    }

    Optional<H> find(long number) {
        Drafting.refuse("Leases.find");
        return row(number).map(lease -> kind.open(lease).handle());
    }

    boolean spend(long number) {
        Drafting.refuse("Leases.spend");
        boolean live =
                row(number).filter(lease -> !lease.isExpired(scope.now())).isPresent();
        return live && Blocking.await(scope.leases().revoke(number, Cause.SPENT));
    }

    long live(String named) {
        Drafting.refuse("Leases.live");
        LeaseFilter filter = new LeaseFilter("", scope.id(), named, kind.name(), null, null, 0, null, Long.MAX_VALUE);
        return Blocking.await(scope.leases().count(filter));
    }

    long ifNoneLives(String named, Runnable change) {
        Drafting.refuse("Leases.ifNoneLives");
        LaneKey lane = scope.lane(named);
        long live = countIn(lane);
        if (live > 0) {
            return live;
        }
        try {
            Blocking.await(scope.closures().close(lane));
            live = countIn(lane);
            if (live == 0) {
                change.run();
            }
            return live;
        } finally {
            Blocking.await(scope.closures().open(lane));
        }
    }

    private long countIn(LaneKey lane) {
        return Blocking.await(scope.leases().count(LeaseFilter.in(lane)));
    }

    private Optional<Lease> row(long number) {
        return Blocking.await(scope.leases().find(number))
                .filter(lease -> lease.source().mount().equals(scope.id())
                        && lease.source().kind().equals(kind.name())
                        && lease.state() == LeaseState.ACTIVE
                        && isThere(lease));
    }

    /** A row that has expired and only waits for the reaper is as good as gone. */
    private boolean isThere(Lease lease) {
        return !lease.isExpired(scope.now())
                || Optional.ofNullable(lease.after().lingersUntil())
                        .filter(until -> until.isAfter(scope.now()))
                        .isPresent();
    }
}
