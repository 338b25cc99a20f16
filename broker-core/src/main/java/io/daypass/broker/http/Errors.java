package io.daypass.broker.http;

import io.daypass.broker.api.ApiException;
import io.daypass.broker.seal.Barrier;
import io.daypass.lease.StoreException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes an answer of whatever went wrong: the one place where that is decided. */
final class Errors {
    private static final Logger LOG = LoggerFactory.getLogger(Errors.class);

    private Errors() {}

    /**
     * @param thrown what ended the request
     * @param requestId named in the log and in the answer where it is a bug of ours
     */
    static ApiException of(Throwable thrown, String requestId) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof ApiException known) {
            return known;
        }
        if (cause instanceof Barrier.SealedException sealed) {
            return ApiException.sealedUp(String.valueOf(sealed.getMessage()));
        }
        if (cause instanceof StoreException store) {
            LOG.atError().addKeyValue("request_id", requestId).setCause(store).log("the store failed a request");
            return ApiException.fault(String.valueOf(store.getMessage()));
        }
        LOG.atError().addKeyValue("request_id", requestId).setCause(cause).log("a request failed by a fault of ours");
        return ApiException.fault("a fault of ours; the server's log says more under the request id " + requestId);
    }
}
