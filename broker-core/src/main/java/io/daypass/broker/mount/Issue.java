package io.daypass.broker.mount;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Call;
import io.daypass.broker.api.Reply;
import io.daypass.broker.api.Route;
import io.daypass.broker.api.Stages;
import io.daypass.broker.mount.guard.EngineFailure;
import io.daypass.broker.mount.guard.EngineFailure.Kind;
import io.daypass.broker.mount.lane.Lanes;
import io.daypass.broker.mount.lane.LateException;
import io.daypass.broker.mount.lane.Running;
import io.daypass.lease.Admission;
import io.daypass.lease.Cause;
import io.daypass.lease.Minting;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Issues leases at one path: draft, begin (durable), mint on the lane, activate (durable), answer. Whatever goes wrong
 * after "begin" leaves a row that the reaper ends; nobody cleans up here.
 */
final class Issue<H extends Record, A extends Record> implements Route.Handler {
    private static final Logger LOG = LoggerFactory.getLogger(Issue.class);

    private final MountScope scope;
    private final io.daypass.broker.mount.Kind<H> kind;
    private final io.daypass.broker.mount.Kind.IssuePath<H, A> path;
    private final Drafter<H, A> drafter;

    Issue(MountScope scope, io.daypass.broker.mount.Kind<H> kind, io.daypass.broker.mount.Kind.IssuePath<H, A> path) {
        this.scope = scope;
        this.kind = kind;
        this.path = path;
        this.drafter = new Drafter<>(scope, kind, path);
    }

    @Override
    public Future<Reply> serve(Call call) {
        Drafted<A> drafted = drafter.draft(call);
        return kind.isWithoutEffect() ? computed(drafted) : begun(drafted);
    }

    /** What has no effect outside is computed first, and is there with one write. */
    private Future<Reply> computed(Drafted<A> drafted) {
        Callable<ObjectNode> compute =
                () -> path.answer().answered(drafted.mint().mint(drafted.deadline()));
        if (!drafted.slow()) {
            return written(drafted, scope.guarded(compute));
        }
        return Work.in(scope, Work.reserve(scope, drafted.target()), drafted.deadline(), compute)
                .compose(data -> written(drafted, data));
    }

    private Future<Reply> written(Drafted<A> drafted, ObjectNode data) {
        return Stages.here(scope.leases().issue(drafted.row(), slack())).transform((admission, error) -> {
            if (error != null) {
                return inDoubt(drafted, error);
            }
            return admission == Admission.BEGUN
                    ? Future.succeededFuture(reply(drafted, data))
                    : Future.failedFuture(refusal(admission));
        });
    }

    private Future<Reply> begun(Drafted<A> drafted) {
        Lanes.Place place = Work.reserve(scope, drafted.target());
        Lengthening lengthening = lengthening(drafted, place);
        return Stages.here(scope.leases().begin(drafted.row()))
                .<Reply>transform((admission, error) -> {
                    if (error == null && admission == Admission.BEGUN) {
                        return minted(drafted, place).compose(lengthening::done);
                    }
                    place.giveBack();
                    return Future.failedFuture(error == null ? refusal(admission) : notWritten(error));
                })
                .onComplete(over -> lengthening.over());
    }

    /** Its place is taken before anything is written, as the mint's is. */
    private Lengthening lengthening(Drafted<A> drafted, Lanes.Place place) {
        try {
            return Lengthening.of(scope, drafted);
        } catch (ApiException e) {
            place.giveBack();
            throw e;
        }
    }

    private Future<Reply> minted(Drafted<A> drafted, Lanes.Place place) {
        Minting minting = new Minting(scope.leases(), drafted.n(), slack());
        Running<A> running = start(drafted, place);
        return Stages.here(running.result())
                .transform((answer, error) ->
                        error == null ? activated(drafted, minting, answer) : failed(minting, running, error));
    }

    private Running<A> start(Drafted<A> drafted, Lanes.Place place) {
        Duration within = Work.left(drafted.deadline());
        if (drafted.mint() instanceof HostBatch.Step<?, A> step) {
            return start(place, within, step, drafted);
        }
        return place.run(within, () -> scope.guard().call(() -> drafted.mint().mint(drafted.deadline())));
    }

    private <I> Running<A> start(Lanes.Place place, Duration within, HostBatch.Step<I, A> step, Drafted<A> drafted) {
        return place.run(within, step.group(), new HostBatch.Waiting<>(step.item(), drafted.deadline()));
    }

    private Future<Reply> activated(Drafted<A> drafted, Minting minting, A answer) {
        ObjectNode data;
        try {
            data = scope.guard().call(() -> path.answer().answered(answer));
        } catch (EngineFailure e) {
            return ended(minting.refused(e.text()), e.toAnswer());
        }
        return Stages.here(minting.returned()).transform((outcome, error) -> {
            if (error != null) {
                return Future.failedFuture(notWritten(error));
            }
            return outcome == Minting.Outcome.ACTIVE
                    ? Future.succeededFuture(reply(drafted, data))
                    : Future.failedFuture(overtaken());
        });
    }

    /**
     * The mint is known to be over only if the target itself said that nothing is left, or if it was never sent. A call
     * that comes back later says so later.
     */
    private Future<Reply> failed(Minting minting, Running<A> running, Throwable error) {
        boolean refused = error instanceof EngineFailure failure && failure.kind() == Kind.REFUSED;
        boolean neverSent = error instanceof LateException late && !late.started();
        Throwable answer = Work.answer(scope, error);
        String text = answer.getMessage() == null ? answer.toString() : answer.getMessage();
        return ended(refused || neverSent ? minting.refused(text) : minting.unknown(text), answer)
                .onComplete(written -> watchFor(minting, running, error));
    }

    private void watchFor(Minting minting, Running<A> running, Throwable error) {
        if (!(error instanceof LateException late) || !late.started()) {
            return;
        }
        running.returned().whenComplete((answer, thrown) -> {
            boolean refused = thrown instanceof EngineFailure failure && failure.kind() == Kind.REFUSED;
            if (thrown == null || refused) {
                minting.returned();
            }
        });
    }

    private Future<Reply> ended(CompletionStage<Minting.Outcome> ended, Throwable answer) {
        // If this can't be written either, the row comes due at its mint deadline all the same.
        return Stages.here(ended).transform(written -> Future.failedFuture(answer));
    }

    /** A commit that may or may not have happened: nobody gets the lease, so it is to end. */
    private Future<Reply> inDoubt(Drafted<A> drafted, Throwable error) {
        scope.leases().revoke(drafted.n(), Cause.UNDELIVERED);
        return Future.failedFuture(notWritten(error));
    }

    private ApiException notWritten(Throwable error) {
        LOG.atError()
                .addKeyValue("mount", scope.entry().get().path())
                .setCause(error)
                .log("a lease could not be written down");
        return ApiException.fault("the lease could not be written down, so it is not handed out; see the server's log");
    }

    private ApiException refusal(Admission admission) {
        return switch (admission) {
            case PARENT_ENDED -> ApiException.denied();
            case CLOSED ->
                ApiException.badRequest(scope.path()
                        + "/, or what this lease would live in, is being removed or pointed elsewhere; no new lease begins there"
                        + " now");
            case ALIAS_TAKEN, BEGUN -> ApiException.fault("the store answered " + admission + " to a new lease");
        };
    }

    private static ApiException overtaken() {
        return ApiException.badRequest("the lease ended while it was being minted: its token, its mount or the lease"
                + " itself was revoked meanwhile; ask for a new one");
    }

    private Reply reply(Drafted<A> drafted, ObjectNode data) {
        return Reply.data(data)
                .lease(drafted.id(), drafted.row().renewable(), drafted.row().expiresAt())
                .warnings(drafted.warnings())
                .ifUndelivered(() -> scope.leases().revoke(drafted.n(), Cause.UNDELIVERED));
    }

    private Duration slack() {
        return scope.parts().terms().slack();
    }
}
