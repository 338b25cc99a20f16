package io.daypass.broker.mount;

import io.daypass.broker.api.Stages;
import io.vertx.core.Future;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Brings what other threads complete back to the event loop that waits for it. */
final class Hop {
    private Hop() {}

    /** The same as a future of the context that this is called on; a failure is its cause itself. */
    static <T> Future<T> here(CompletionStage<T> stage) {
        return Stages.here(stage).recover(e -> Future.failedFuture(cause(e)));
    }

    static Throwable cause(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }
}
