package io.daypass.broker.mount;

import io.daypass.broker.api.Stages;
import io.daypass.broker.mount.guard.EngineFailure;
import io.daypass.broker.mount.lane.LateException;
import io.daypass.broker.seal.Barrier;
import io.daypass.lease.Ended;
import io.daypass.lease.Lease;
import io.daypass.plugin.Cause;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Leases.Settle;
import io.daypass.plugin.Mount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Ends leases of one kind and one lane, in lists where the engine takes them. */
final class Ending<H extends Record> {
    private final MountScope scope;
    private final Kind<H> kind;

    private Ending(MountScope scope, Kind<H> kind) {
        this.scope = scope;
        this.kind = kind;
    }

    static <H extends Record> Ending<H> of(MountScope scope, Kind<H> kind) {
        return new Ending<>(scope, kind);
    }

    /** A lease whose handle could be read, and its place in the list. */
    private record Open<H>(int i, Lease lease, H handle) {}

    CompletionStage<List<Ended>> end(List<Lease> leases, boolean settle) {
        Duration within = scope.parts().limits().callDeadline();
        Deadline deadline = scope.deadlineIn(within);
        String target = leases.get(0).source().target();
        return scope.lanes()
                .due(target, within, () -> run(leases, settle, deadline))
                .result()
                .handle((done, error) ->
                        error == null ? done : Collections.nCopies(leases.size(), missed(Stages.cause(error))));
    }

    private static Ended missed(Throwable error) {
        boolean notTried = (error instanceof LateException late && !late.started())
                || error instanceof RejectedExecutionException
                || error instanceof Barrier.SealedException;
        return notTried ? Ended.BUSY : Ended.unavailable(String.valueOf(error.getMessage()));
    }

    private List<Ended> run(List<Lease> leases, boolean settle, Deadline deadline) {
        Ended[] ended = new Ended[leases.size()];
        List<Open<H>> readable = new ArrayList<>();
        for (int i = 0; i < ended.length; i++) {
            Lease lease = leases.get(i);
            try {
                readable.add(new Open<>(i, lease, kind.open(lease).handle()));
            } catch (UnreadableHandleException e) {
                ended[i] = Ended.failed(String.valueOf(e.getMessage()));
            }
        }
        Settle<H> settles = kind.settle();
        if (settle && settles != null) {
            each(readable, ended, one -> settled(settles, one, deadline));
        } else {
            revoke(readable, ended, deadline);
        }
        return Arrays.asList(ended);
    }

    private Ended settled(Settle<H> settles, Open<H> one, Deadline deadline) {
        Unfenced<H> unfenced = kind.unfenced();
        if (unfenced != null && unfenced.has(one.handle(), scope.guard())) {
            revoked(one, deadline);
            return Ended.UNFENCED;
        }
        Duration margin = scope.parts().terms().margin();
        boolean vouched = scope.guard()
                .call(() ->
                        settles.settle(one.handle(), one.lease().mintDeadline().plus(margin), deadline));
        return vouched ? Ended.VOUCHED : Ended.GONE;
    }

    private void revoke(List<Open<H>> readable, Ended[] ended, Deadline deadline) {
        Mount.Revoke<List<H>> together = kind.revokeAll();
        if (together == null) {
            each(readable, ended, one -> revoked(one, deadline));
            return;
        }
        Ended away = null;
        for (List<Open<H>> list : alike(readable)) {
            if (away != null) {
                fill(list, ended, away);
                continue;
            }
            try {
                List<H> handles = list.stream().map(Open::handle).toList();
                scope.guard().call(() -> done(() -> together.revoke(handles, deadline)));
                fill(list, ended, Ended.GONE);
            } catch (EngineFailure e) {
                if (e.kind() == EngineFailure.Kind.REFUSED && list.size() > 1) {
                    each(list, ended, one -> revoked(one, deadline));
                } else {
                    Ended failed = failed(e);
                    fill(list, ended, failed);
                    away = isAway(failed) ? failed : null;
                }
            }
        }
    }

    private Ended revoked(Open<H> one, Deadline deadline) {
        Mount.End<H> end = kind.end();
        if (end != null) {
            Cause cause = cause(one.lease());
            scope.guard().call(() -> done(() -> end.end(one.handle(), cause, deadline)));
        }
        return Ended.GONE;
    }

    /** A row that doesn't say was ended by an earlier version of the broker; the strictest reading is right for it. */
    private static Cause cause(Lease lease) {
        io.daypass.lease.Cause cause = lease.cause();
        if (cause == null) {
            return Cause.REVOKED;
        }
        return switch (cause) {
            case EXPIRED -> Cause.EXPIRED;
            case REVOKED -> Cause.REVOKED;
            case PARENT -> Cause.HOLDER_ENDED;
            case UNMOUNTED -> Cause.UNMOUNTED;
            case MINT, UNDELIVERED, VANISHED -> Cause.NOT_DELIVERED;
            case SPENT -> Cause.SPENT;
        };
    }

    /** Tries them one by one; once the target is away, the rest is not tried. */
    private static <H> void each(List<Open<H>> readable, Ended[] ended, Attempt<H> attempt) {
        @Nullable Ended away = null;
        for (Open<H> one : readable) {
            Ended outcome = away;
            if (outcome == null) {
                try {
                    outcome = attempt.end(one);
                } catch (EngineFailure e) {
                    outcome = failed(e);
                }
            }
            ended[one.i()] = outcome;
            away = isAway(outcome) ? outcome : null;
        }
    }

    private List<List<Open<H>>> alike(List<Open<H>> readable) {
        Map<Object, List<Open<H>>> groups = new LinkedHashMap<>();
        for (Open<H> one : readable) {
            groups.computeIfAbsent(kind.alike(one.handle()), key -> new ArrayList<>())
                    .add(one);
        }
        return List.copyOf(groups.values());
    }

    private static <H> void fill(List<Open<H>> list, Ended[] ended, Ended outcome) {
        list.forEach(one -> ended[one.i()] = outcome);
    }

    private static Ended failed(EngineFailure e) {
        return e.kind() == EngineFailure.Kind.UNAVAILABLE ? Ended.unavailable(e.text()) : Ended.failed(e.text());
    }

    private static boolean isAway(Ended ended) {
        return ended.outcome() == Ended.Outcome.UNAVAILABLE;
    }

    private static boolean done(Code code) throws Exception {
        code.run();
        return true;
    }

    @FunctionalInterface
    private interface Attempt<H> {
        Ended end(Open<H> one);
    }

    @FunctionalInterface
    private interface Code {
        void run() throws Exception;
    }
}
