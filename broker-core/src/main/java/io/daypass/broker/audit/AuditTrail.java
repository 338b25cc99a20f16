package io.daypass.broker.audit;

import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Caller;
import io.daypass.broker.api.Reply;
import io.daypass.broker.api.Request;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Where requests and replies are put on record. A request that can't be is refused. */
public interface AuditTrail {
    /** Writes the line of a request, or says why it can't. Doesn't block. */
    Line request(Request request, Caller caller);

    /** The line of a request, to be followed by that of its reply. */
    interface Line {
        /** Why the request must be refused; null if its line could be written. */
        @Nullable
        ApiException refusal();

        /**
         * Writes the line of the reply.
         *
         * @param reply null if it failed
         * @param failure null if it succeeded
         * @return done when both lines are durable
         */
        CompletionStage<Void> response(@Nullable Reply reply, @Nullable Throwable failure);
    }
}
