package io.daypass.broker.run;

import io.daypass.broker.api.Stages;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the leases of a broker whose store can't be read again once it has stopped, as a development server's: nobody
 * could end them later.
 */
public final class LastLeases {
    /** So many at most are told of. */
    private static final int MOST = 100_000;

    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Logger LOG = LoggerFactory.getLogger(LastLeases.class);

    private final Vertx vertx;
    private final LeaseTable leases;
    private final BooleanSupplier isSealed;
    private final Duration patience;

    /**
     * @param vertx whose timers are used
     * @param leases the rows
     * @param isSealed whether nothing can be ended
     * @param patience how long targets may take
     */
    public LastLeases(Vertx vertx, LeaseTable leases, BooleanSupplier isSealed, Duration patience) {
        this.vertx = vertx;
        this.leases = leases;
        this.isSealed = isSealed;
        this.patience = patience;
    }

    /** Ends them, while nothing new begins any more; says in the log what could not be ended in time. */
    public Future<Void> end() {
        Future<Void> ended = isSealed.getAsBoolean() ? Future.succeededFuture() : ended();
        return ended.eventually(() -> rows(MOST).onSuccess(LastLeases::say));
    }

    /** Until no row is left, or patience is at its end; what fails is tried again meanwhile as it always is. */
    private Future<Void> ended() {
        return Stages.here(leases.revoke(LeaseFilter.ALL, Cause.REVOKED)).compose(count -> {
            Timer over = vertx.timer(patience.toMillis(), TimeUnit.MILLISECONDS);
            return gone(over).onComplete(done -> over.cancel());
        });
    }

    private Future<Void> gone(Timer over) {
        return rows(1).compose(left -> left.isEmpty() || over.isComplete()
                ? Future.succeededFuture()
                : vertx.timer(LOOK.toMillis(), TimeUnit.MILLISECONDS).compose(again -> gone(over)));
    }

    private Future<List<Lease>> rows(int most) {
        return Stages.here(leases.list(LeaseFilter.ALL, 0, most));
    }

    /** Says what lives. Tokens are nothing without their broker. */
    private static void say(List<Lease> alive) {
        Map<String, Long> paths = new TreeMap<>();
        alive.stream()
                .map(Lease::source)
                .filter(source -> !source.mount().equals(Tokens.MOUNT))
                .forEach(source -> paths.merge(source.path(), 1L, Long::sum));
        paths.forEach((path, count) -> LOG.atWarn()
                .addKeyValue("path", path)
                .addKeyValue("leases", alive.size() < MOST ? "" + count : count + " or more")
                .log(
                        "not ended, and this broker will not come back to them: what they made lives on in its target until"
                                + " its own end there; remove it by hand"));
    }
}
