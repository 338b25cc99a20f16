package io.daypass.broker.audit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Writes down requests and their answers. Doesn't block; stages may be completed on any thread. */
public interface Audit {
    /** Writes nothing, for configurations that say so. */
    Audit NONE = new Audit() {
        @Override
        public CompletionStage<Void> request(AuditEntry entry) {
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<Void> response(AuditEntry entry) {
            return CompletableFuture.completedStage(null);
        }

        @Override
        public boolean isHealthy() {
            return true;
        }
    };

    /**
     * To be asked before a request is served.
     *
     * @return completed when the request may be served: its line is on its way, and durable before its answer's; failed
     *     with an {@link AuditException} if it must be refused
     */
    CompletionStage<Void> request(AuditEntry entry);

    /**
     * To be asked before an answer is given.
     *
     * @return completed when both lines are durable; failed with an {@link AuditException} if the answer must not be
     *     given
     */
    CompletionStage<Void> response(AuditEntry entry);

    /** Whether what is asked now would be written, as far as is known. */
    boolean isHealthy();
}
