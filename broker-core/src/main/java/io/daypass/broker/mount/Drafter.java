package io.daypass.broker.mount;

import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Call;
import io.daypass.broker.mount.bind.Binder;
import io.daypass.broker.mount.draw.Names;
import io.daypass.broker.mount.guard.EngineFailure;
import io.daypass.broker.seal.Barrier;
import io.daypass.lease.Afterlife;
import io.daypass.lease.Bytes;
import io.daypass.lease.NewLease;
import io.daypass.lease.Source;
import io.daypass.lease.StoreException;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Draft;
import io.daypass.plugin.Leases;
import io.daypass.plugin.Lifetime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Runs drafts on the event loop, checks what they answer, and makes the row of it. No I/O. */
final class Drafter<H extends Record, A extends Record> {
    private final MountScope scope;
    private final Kind<H> kind;
    private final Kind.IssuePath<H, A> path;
    private final Names names;

    Drafter(MountScope scope, Kind<H> kind, Kind.IssuePath<H, A> path) {
        this.scope = scope;
        this.kind = kind;
        this.path = path;
        this.names = Names.of(scope.parts().barrier());
    }

    /**
     * Drafts a lease.
     *
     * @throws ApiException whatever is wrong with the request, the engine, or its draft
     */
    Drafted<A> draft(Call call) {
        Instant now = scope.now();
        String issuePath = call.request().pathText();
        long n = next();
        String id = scope.parts().ids().leaseId(issuePath, n);
        Binder.Bound<Leases.Drafter<H, A>> form =
                path.form().read(call.request().body());
        DraftRequest request = request(call, now, n, id);
        Draft<H, A> draft = run(form.value(), request);
        Lifetime life = life(draft, request, now);
        H handle = draft.handle();
        Afterlife after = afterlife(handle, life);
        Barrier.Sealed sealed = kind.seal(n, handle, request.wanted());
        Instant deadline = now.plus(scope.parts().limits().mintDeadline());
        String reason = call.request().reason();
        NewLease row = new NewLease(
                n,
                new Source(issuePath, scope.id(), kind.name(), target(handle)),
                call.caller().n(),
                deadline,
                now,
                life.expiresAt(),
                life.maxExpiresAt(),
                call.caller().displayName(),
                reason.isEmpty() ? null : reason,
                life.renewable(),
                0,
                Bytes.EMPTY,
                false,
                sealed.keyVersion(),
                sealed.bytes(),
                after);
        Deadline mintDeadline = scope.deadline(deadline);
        Callable<Boolean> next = after(handle, draft.lifetime().expiresAt(), mintDeadline);
        return new Drafted<>(row, id, draft.mint(), draft.slow(), mintDeadline, next, warnings(form.warnings(), life));
    }

    private @Nullable Callable<Boolean> after(H handle, Instant end, Deadline deadline) {
        Unfenced<H> unfenced = kind.unfenced();
        try {
            return unfenced == null || !unfenced.has(handle, scope.guard())
                    ? null
                    : unfenced.lengthening(handle, end, deadline);
        } catch (EngineFailure e) {
            throw e.toAnswer();
        }
    }

    private long next() {
        try {
            return scope.leases().next();
        } catch (StoreException e) {
            throw ApiException.busy("leases are asked for faster than they can be numbered; try again in a second");
        }
    }

    private DraftRequest request(Call call, Instant now, long n, String id) {
        Lifetimes.Bounds bounds = Lifetimes.Bounds.of(
                now,
                AskedTtl.of(call.request()),
                scope.entry().get().config(),
                scope.parts().limits(),
                call.caller().expiresAt());
        return new DraftRequest(call, bounds, slack(), scope.parts().random(), scope::serial, names, n, id);
    }

    private Draft<H, A> run(Leases.Drafter<H, A> drafter, DraftRequest request) {
        try {
            return scope.guard().draft(() -> {
                Draft<H, A> draft = drafter.draft(request);
                if (!kind.isHandle(draft.handle())) {
                    throw new IllegalStateException("the draft's handle is not of the kind " + kind.name());
                }
                return draft;
            });
        } catch (EngineFailure e) {
            throw e.toAnswer();
        }
    }

    private Afterlife afterlife(H handle, Lifetime life) {
        if (kind.lingers() && life.renewable()) {
            throw ApiException.fault(scope.entry().get().type() + ": a lease that lingers can't be renewable");
        }
        return scope.guarded(() -> kind.afterlife(handle));
    }

    private String target(H handle) {
        return scope.guarded(() -> kind.target(handle));
    }

    /** The life that was drafted, without the slack that the engine saw. */
    private Lifetime life(Draft<H, A> draft, DraftRequest request, Instant now) {
        Lifetime drafted = draft.lifetime();
        Lifetime given = request.given();
        if (given == null || isLonger(drafted, given)) {
            throw ApiException.fault(
                    scope.entry().get().type() + ": the draft's lifetime is not the one that it was given");
        }
        Instant end = whole(drafted.expiresAt().minus(slack()));
        if (!end.isAfter(now)) {
            throw ended(call(drafted));
        }
        return new Lifetime(end, whole(drafted.maxExpiresAt().minus(slack())), drafted.renewable(), drafted.boundBy());
    }

    private static boolean isLonger(Lifetime drafted, Lifetime given) {
        return drafted.expiresAt().isAfter(given.expiresAt())
                || drafted.maxExpiresAt().isAfter(given.maxExpiresAt())
                || (drafted.renewable() && !given.renewable());
    }

    private static String call(Lifetime life) {
        @Nullable String boundBy = life.boundBy();
        return boundBy == null ? "its bounds" : boundBy;
    }

    private static ApiException ended(String boundBy) {
        return ApiException.badRequest("nothing is left of the lease: it is bound by " + boundBy);
    }

    private static Instant whole(Instant instant) {
        return Instant.ofEpochMilli(instant.toEpochMilli());
    }

    private Duration slack() {
        return scope.parts().terms().slack();
    }

    private static List<String> warnings(List<String> ofTheForm, Lifetime life) {
        List<String> lines = new ArrayList<>(ofTheForm);
        if (life.boundBy() != null) {
            lines.add("lease_duration is bound by " + life.boundBy());
        }
        return lines;
    }
}
