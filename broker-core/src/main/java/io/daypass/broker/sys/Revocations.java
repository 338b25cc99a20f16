package io.daypass.broker.sys;

import io.daypass.broker.api.Reply;
import io.daypass.broker.api.Stages;
import io.daypass.broker.event.EndWatch;
import io.daypass.broker.event.PrefixWatch;
import io.daypass.lease.Cause;
import io.daypass.lease.Lease;
import io.daypass.lease.LeaseFilter;
import io.daypass.lease.LeaseTable;
import io.vertx.core.Future;
import io.vertx.core.Timer;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Ends leases on request. The end is durable before anything is answered; whoever wants to wait for the target waits a
 * bounded time, and is told 202 if it takes longer, since it is retried until it succeeds.
 */
public final class Revocations {
    private final Vertx vertx;
    private final LeaseTable leases;
    private final EndWatch watch;
    private final Duration patience;

    /**
     * @param vertx whose timers are used
     * @param leases the rows
     * @param watch hears of ends
     * @param patience how long a caller is kept waiting for the target
     */
    public Revocations(Vertx vertx, LeaseTable leases, EndWatch watch, Duration patience) {
        this.vertx = vertx;
        this.leases = leases;
        this.watch = watch;
        this.patience = patience;
    }

    /** Ends one lease. */
    public Future<Reply> revoke(Lease lease, boolean sync) {
        EndWatch.Wait end = watch.of(lease.n());
        return Stages.here(leases.revoke(lease.n(), Cause.REVOKED))
                .compose(asked -> sync ? patiently(end.word()) : Future.succeededFuture(later()))
                .onComplete(done -> end.close());
    }

    /** Ends all leases under a prefix. */
    public Future<Reply> revokeUnder(String prefix, boolean sync) {
        PrefixWatch ends = watch.under(prefix);
        return Stages.here(leases.revoke(LeaseFilter.under(prefix), Cause.REVOKED))
                .compose(count -> sync ? patiently(ends.all()) : Future.succeededFuture(later()))
                .onComplete(done -> ends.close());
    }

    private Future<Reply> patiently(Future<EndWatch.Word> end) {
        Timer timer = vertx.timer(patience.toMillis(), TimeUnit.MILLISECONDS);
        return Future.any(end, timer).map(either -> {
            timer.cancel();
            return end.isComplete() ? said(end.result()) : unanswered("the target has not answered yet");
        });
    }

    private static Reply said(EndWatch.Word word) {
        return word.gone() ? Reply.none() : unanswered(word.text());
    }

    private static Reply unanswered(String why) {
        return Reply.data(null)
                .status(202)
                .warnings(
                        List.of("the end of it is written down and will be retried until it succeeds; so far: " + why));
    }

    private static Reply later() {
        return Reply.data(null).status(202);
    }
}
