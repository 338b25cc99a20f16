package io.daypass.broker.mount;

import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Stages;
import io.daypass.broker.mount.guard.EngineFailure;
import io.daypass.broker.mount.lane.Lanes;
import io.daypass.broker.mount.lane.LateException;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Unavailable;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.Callable;

/** Brings an engine's blocking code to its lane, and what came of it back as an answer. */
final class Work {
    private Work() {}

    /**
     * A place in a lane.
     *
     * @throws ApiException 429 if it is full
     */
    static Lanes.Place reserve(MountScope scope, String target) {
        return scope.lanes().reserve(target).orElseThrow(() -> full(scope, target));
    }

    private static ApiException full(MountScope scope, String target) {
        String where = scope.path()
                + switch (target) {
                    case "" -> "/";
                    case Lanes.STRANGERS -> "/, requests without a token";
                    default -> "/, target " + target;
                };
        return ApiException.busy(where + ": as many calls as may wait are waiting already; try again in a second");
    }

    /** Runs code under the guard in a reserved place; failures are {@link ApiException}s. */
    static <T> Future<T> in(MountScope scope, Lanes.Place place, Deadline deadline, Callable<T> code) {
        return Stages.here(place.run(left(deadline), () -> scope.guard().call(code))
                        .result())
                .recover(error -> Future.failedFuture(answer(scope, error)));
    }

    static Duration left(Deadline deadline) {
        try {
            return deadline.left();
        } catch (Unavailable passed) {
            return Duration.ZERO;
        }
    }

    /** What is answered because of a failure in a lane. */
    static Throwable answer(MountScope scope, Throwable error) {
        if (error instanceof EngineFailure failure) {
            return failure.toAnswer();
        }
        if (error instanceof LateException late) {
            String text = late.started()
                    ? "the target did not answer within the deadline"
                    : "calls that came before did not let this one have its turn within the deadline";
            return ApiException.targetFailed(scope.entry().get().type() + ": " + text);
        }
        return error;
    }
}
