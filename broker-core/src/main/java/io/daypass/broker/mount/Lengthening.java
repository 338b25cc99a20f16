package io.daypass.broker.mount;

import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Reply;
import io.daypass.broker.api.Stages;
import io.daypass.broker.mount.lane.Lanes;
import io.daypass.lease.Cause;
import io.vertx.core.Future;
import java.util.concurrent.Callable;

/**
 * The step between activation and reply of a lease that was minted to end soon: its target is told the true end. If that
 * fails nobody gets the lease, and it is ended.
 */
interface Lengthening {
    /** There is nothing to be done. */
    Lengthening NONE = new Lengthening() {
        @Override
        public Future<Reply> done(Reply reply) {
            return Future.succeededFuture(reply);
        }

        @Override
        public void over() {
            // It holds nothing.
        }
    };

    /** Does it, and answers what is replied. */
    Future<Reply> done(Reply reply);

    /** Gives back what it holds, if it wasn't used. */
    void over();

    /**
     * Takes what it needs.
     *
     * @throws ApiException 429 if the lane is full
     */
    static Lengthening of(MountScope scope, Drafted<?> drafted) {
        Callable<Boolean> after = drafted.after();
        return after == null ? NONE : new InLane(scope, drafted, after, Work.reserve(scope, drafted.target()));
    }

    /** In a place of its target's lane. */
    record InLane(MountScope scope, Drafted<?> drafted, Callable<Boolean> step, Lanes.Place place)
            implements Lengthening {
        @Override
        public Future<Reply> done(Reply reply) {
            return Work.in(scope, place, drafted.deadline(), step)
                    .map(reply)
                    .recover(error -> Stages.here(scope.leases().revoke(drafted.n(), Cause.UNDELIVERED))
                            .transform(written -> Future.failedFuture(error)));
        }

        @Override
        public void over() {
            place.giveBack();
        }
    }
}
