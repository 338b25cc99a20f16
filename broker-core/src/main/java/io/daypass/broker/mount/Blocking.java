package io.daypass.broker.mount;

import io.daypass.plugin.Unavailable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for the store on behalf of an engine, which runs on a lane and may block. Nothing else in the broker does. */
final class Blocking {
    private static final int PATIENCE_SECONDS = 10;

    private Blocking() {}

    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | TimeoutException e) {
            throw new Unavailable("the broker's store did not answer in time", e);
        } catch (ExecutionException e) {
            throw new Unavailable("the broker's store failed", e);
        }
    }
}
