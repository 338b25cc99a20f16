package io.daypass.broker.run;

import io.daypass.broker.api.Stages;
import io.daypass.broker.event.EndWatch;
import io.daypass.broker.identity.Tokens;
import io.daypass.lease.Cause;
import io.daypass.lease.Lease;
import io.daypass.lease.LeaseFilter;
import io.daypass.lease.LeaseTable;
import io.vertx.core.Future;
import io.vertx.core.Timer;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the leases of a broker whose store can't be read again once it has stopped, as a development server's: nobody
 * could end them later.
 */
public final class LastLeases {
    private static final int MOST = 100_000;
    private static final Logger LOG = LoggerFactory.getLogger(LastLeases.class);

    private final Vertx vertx;
    private final LeaseTable leases;
    private final EndWatch watch;
    private final BooleanSupplier isSealed;
    private final Duration patience;

    /**
     * @param vertx whose timers are used
     * @param leases the rows
     * @param watch hears of ends
     * @param isSealed whether nothing can be ended
     * @param patience how long targets may take
     */
    public LastLeases(Vertx vertx, LeaseTable leases, EndWatch watch, BooleanSupplier isSealed, Duration patience) {
        this.vertx = vertx;
        this.leases = leases;
        this.watch = watch;
        this.isSealed = isSealed;
        this.patience = patience;
    }

    /** Ends them, while nothing new begins any more; says in the log what could not be ended in time. */
    public Future<Void> end() {
        return Stages.here(leases.list(LeaseFilter.ALL, 0, MOST))
                .compose(rows -> {
                    List<Left> left = rows.stream()
                            .map(row -> new Left(row, watch.of(row.n())))
                            .toList();
                    Future<?> ended = isSealed.getAsBoolean() ? Future.succeededFuture() : ended(left);
                    return ended.eventually(() -> {
                        left.forEach(each -> each.end.close());
                        say(left.stream().filter(Left::lives));
                        return Future.succeededFuture();
                    });
                })
                .mapEmpty();
    }

    private Future<?> ended(List<Left> left) {
        List<Future<EndWatch.Word>> words =
                left.stream().map(each -> each.end.word()).toList();
        return Stages.here(leases.revoke(LeaseFilter.ALL, Cause.REVOKED)).compose(count -> {
            Timer timer = vertx.timer(patience.toMillis(), TimeUnit.MILLISECONDS);
            return Future.any(Future.join(words), timer).onComplete(over -> timer.cancel());
        });
    }

    private static void say(Stream<Left> alive) {
        Map<String, Long> paths = new TreeMap<>();
        alive.forEach(each -> paths.merge(each.row.source().path(), 1L, Long::sum));
        paths.forEach((path, count) -> LOG.atWarn()
                .addKeyValue("path", path)
                .addKeyValue("leases", count)
                .log(
                        "not ended, and this broker will not come back to them: what they made lives on in its target until"
                                + " its own end there; remove it by hand"));
    }

    /** A lease that there was, and the word on its end. */
    private record Left(Lease row, EndWatch.Wait end) {
        /** Tokens are nothing without their broker. */
        boolean lives() {
            boolean gone = end.word().isComplete() && end.word().result().gone();
            return !gone && !row.source().mount().equals(Tokens.MOUNT);
        }
    }
}
