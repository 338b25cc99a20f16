package io.daypass.broker.api;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Where the store's stages become the server's futures. */
public final class Stages {
    private Stages() {}

    /**
     * The same outcome, told on the context that asks: what follows must not run on the store's threads. A failure is its
     * cause itself, not wrapped by the stages that it came through.
     *
     * @param stage of the store, or of a lane
     */
    public static <T> Future<T> here(CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        if (future.isDone() && !future.isCompletedExceptionally()) {
            return Future.succeededFuture(future.getNow(null));
        }
        Context context = Vertx.currentContext();
        Future<T> told =
                context == null ? Future.fromCompletionStage(stage) : Future.fromCompletionStage(stage, context);
        return told.recover(failed -> Future.failedFuture(cause(failed)));
    }

    /** What went wrong, without the wrapper that stages put around it. */
    public static Throwable cause(Throwable failed) {
        return failed instanceof CompletionException && failed.getCause() != null ? failed.getCause() : failed;
    }
}
