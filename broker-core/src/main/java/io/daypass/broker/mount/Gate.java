package io.daypass.broker.mount;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Lets calls in until it is closed, and tells when the last one has left. */
final class Gate {
    private final CompletableFuture<Void> empty = new CompletableFuture<>();
    private int inside;
    private boolean closed;

    /** False: it is closed. Whoever was let in leaves. */
    synchronized boolean enter() {
        if (closed) {
            return false;
        }
        inside++;
        return true;
    }

    void leave() {
        boolean last;
        synchronized (this) {
            inside--;
            last = closed && inside == 0;
        }
        if (last) {
            empty.complete(null);
        }
    }

    /** Lets nobody in any more. Completes when nobody is inside. */
    CompletionStage<Void> close() {
        boolean none;
        synchronized (this) {
            closed = true;
            none = inside == 0;
        }
        if (none) {
            empty.complete(null);
        }
        return empty;
    }
}
