package io.daypass.broker.mount;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Brings what other threads complete back to the event loop that waits for it. */
final class Hop {
    private final Vertx vertx;

    Hop(Vertx vertx) {
        this.vertx = vertx;
    }

    /** The same as a future of the context that this is called on; a failure is its cause itself. */
    <T> Future<T> to(CompletionStage<T> stage) {
        return Future.fromCompletionStage(stage, vertx.getOrCreateContext())
                .recover(e -> Future.failedFuture(cause(e)));
    }

    static Throwable cause(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }
}
