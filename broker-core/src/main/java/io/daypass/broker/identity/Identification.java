package io.daypass.broker.identity;

import io.daypass.broker.api.Caller;
import io.daypass.broker.api.Stages;
import io.daypass.lease.Cause;
import io.daypass.lease.LeaseTable;
import io.vertx.core.Future;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says who sends a request, and counts the uses of tokens that have only so many. */
public final class Identification {
    private static final Logger LOG = LoggerFactory.getLogger(Identification.class);
    private static final Known NOBODY = new Known(Caller.NOBODY, false, () -> {});

    private final Tokens tokens;
    private final LeaseTable leases;

    /**
     * @param tokens that are known
     * @param leases where uses are counted, durably
     */
    public Identification(Tokens tokens, LeaseTable leases) {
        this.tokens = tokens;
        this.leases = leases;
    }

    /**
     * @param token as it was sent; empty if none was
     * @return whoever holds it; {@link Caller#NOBODY} if nobody does
     */
    public Future<Known> identify(String token) {
        if (token.isEmpty()) {
            return Future.succeededFuture(NOBODY);
        }
        return Stages.here(tokens.live(token)).compose(this::counted);
    }

    private Future<Known> counted(Optional<Token> found) {
        if (found.isEmpty()) {
            return Future.succeededFuture(NOBODY);
        }
        Token token = found.get();
        if (token.lease().usesLeft() == 0) {
            return Future.succeededFuture(new Known(token.caller(), false, () -> {}));
        }
        return Stages.here(leases.use(token.n())).map(left -> {
            if (left.isEmpty()) {
                return NOBODY;
            }
            return left.getAsLong() == 0
                    ? new Known(token.caller(), true, () -> spend(token.n()))
                    : new Known(token.caller(), false, () -> {});
        });
    }

    private void spend(long n) {
        leases.revoke(n, Cause.SPENT).whenComplete((done, failed) -> {
            if (failed != null) {
                LOG.atWarn().addKeyValue("lease", n).setCause(failed).log("a spent token could not be ended yet");
            }
        });
    }

    /**
     * Who sends a request.
     *
     * @param caller who it is
     * @param lastUse whether the token ends when the request has been served, and all that hangs from it
     * @param whenServed is run when the request has been served
     */
    public record Known(Caller caller, boolean lastUse, Runnable whenServed) {
        /** Says that the request has been served. */
        public void release() {
            whenServed.run();
        }
    }
}
