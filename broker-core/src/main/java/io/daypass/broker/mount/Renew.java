package io.daypass.broker.mount;

import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Stages;
import io.daypass.broker.mount.guard.EngineFailure;
import io.daypass.broker.mount.lane.Lanes;
import io.daypass.lease.Cause;
import io.daypass.lease.Lease;
import io.daypass.lease.LeaseState;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Leases.Extend;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Renews leases of mounts: the target is told first, then the row is changed, and never is either made to end earlier. A
 * lease has one renewal at a time.
 */
public final class Renew {
    private final Function<String, Optional<Mounted>> mounts;
    private final Set<Long> underWay = ConcurrentHashMap.newKeySet();

    Renew(Function<String, Optional<Mounted>> mounts) {
        this.mounts = mounts;
    }

    /**
     * Renews a lease.
     *
     * @param lease as it was read just now
     * @param increment from now; empty: what it was issued for
     * @param parentEnds when the token that it hangs from ends
     * @return fails with 400 if it can't be renewed or its target has it no more, 429 if that is being done already or
     *     the lane is full, 502 if the target is away
     */
    public Future<Renewed> renew(Lease lease, Optional<Duration> increment, Instant parentEnds) {
        if (!lease.renewable()) {
            return Future.failedFuture(ApiException.badRequest("lease is not renewable"));
        }
        Optional<Mounted> mounted = mounts.apply(lease.source().mount());
        Kind<?> kind = mounted.map(m -> m.kinds().get(lease.source().kind())).orElse(null);
        if (mounted.isEmpty() || kind == null) {
            return Future.failedFuture(ApiException.badRequest("no plugin serves this lease any more"));
        }
        if (!underWay.add(lease.n())) {
            return Future.failedFuture(ApiException.busy("this lease is being renewed already"));
        }
        try {
            return renew(mounted.get(), kind, lease, increment, parentEnds)
                    .onComplete(over -> underWay.remove(lease.n()));
        } catch (RuntimeException e) {
            underWay.remove(lease.n());
            return Future.failedFuture(e);
        }
    }

    private static <H extends Record> Future<Renewed> renew(
            Mounted mounted, Kind<H> kind, Lease lease, Optional<Duration> increment, Instant parentEnds) {
        MountScope scope = mounted.scope();
        Instant now = scope.now();
        if (lease.state() != LeaseState.ACTIVE || !lease.expiresAt().isAfter(now)) {
            return Future.failedFuture(gone());
        }
        Kind.Opened<H> opened = open(kind, lease);
        Duration mountMax =
                Lifetimes.max(mounted.entry().config(), scope.parts().limits());
        Lifetimes.End end = Lifetimes.renewed(now, increment.orElse(opened.ttl()), lease, mountMax, parentEnds);
        List<String> warnings =
                end.boundBy() == null ? List.of() : List.of("lease_duration is bound by " + end.boundBy());
        if (!end.at().isAfter(lease.expiresAt())) {
            return Future.succeededFuture(new Renewed(lease.expiresAt(), warnings));
        }
        return extended(scope, kind, lease, opened.handle(), end.at())
                .compose(done -> Stages.here(scope.leases()
                        .renew(lease.n(), end.at(), scope.parts().terms().slack())))
                .compose(won ->
                        won ? Future.succeededFuture(new Renewed(end.at(), warnings)) : Future.failedFuture(gone()));
    }

    private static <H extends Record> Kind.Opened<H> open(Kind<H> kind, Lease lease) {
        try {
            return kind.open(lease);
        } catch (UnreadableHandleException e) {
            throw ApiException.fault(String.valueOf(e.getMessage()));
        }
    }

    private static <H extends Record> Future<Boolean> extended(
            MountScope scope, Kind<H> kind, Lease lease, H handle, Instant until) {
        Extend<H> extend = kind.extend();
        if (extend == null) {
            return Future.succeededFuture(true);
        }
        Instant told = until.plus(scope.parts().terms().slack());
        Deadline deadline = scope.deadlineIn(scope.parts().limits().mintDeadline());
        Lanes.Place place = Work.reserve(scope, lease.source().target());
        return Stages.here(place.run(
                                Work.left(deadline),
                                () -> scope.guard().call(() -> {
                                    extend.extend(handle, told, deadline);
                                    return true;
                                }))
                        .result())
                .recover(error -> failed(scope, lease, error));
    }

    /** What the target does not have any more can't be renewed, so its row is ended too. */
    private static Future<Boolean> failed(MountScope scope, Lease lease, Throwable error) {
        boolean vanished = error instanceof EngineFailure failure && failure.kind() == EngineFailure.Kind.REFUSED;
        Future<Boolean> noted = vanished
                ? Stages.here(scope.leases().revoke(lease.n(), Cause.VANISHED))
                : Future.succeededFuture(false);
        return noted.transform(written -> Future.failedFuture(Work.answer(scope, error)));
    }

    private static ApiException gone() {
        return ApiException.badRequest(
                "invalid lease: it has ended, or ends now; ask for a new one at the path it came" + " from");
    }
}
