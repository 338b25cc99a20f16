package io.daypass.broker.mount;

import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Call;
import io.daypass.broker.api.Params;
import io.daypass.broker.api.Reply;
import io.daypass.broker.api.Route;
import io.daypass.broker.api.Stages;
import io.daypass.lease.Lease;
import io.daypass.lease.LeaseState;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Serves what is remembered: 304 to whoever has it already, and to those who want to wait, as soon as it is another one.
 * Whoever waits is a listener, not a thread.
 */
final class WatchedRoute<V> implements Route.Handler {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final int MOST_WAITING = 10_000;
    private static final long MOMENT_MILLIS = 50;
    private static final String ANY = "*";

    private final MountScope scope;
    private final Remembered<V> remembered;
    private final Function<Remembered.Made<V>, Reply> reply;
    private final boolean mayWait;
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * @param reply what is answered, without its tag
     * @param mayWait whether {@code wait} is heard: not where anybody may ask, since who waits costs a connection
     */
    WatchedRoute(
            MountScope scope, Remembered<V> remembered, Function<Remembered.Made<V>, Reply> reply, boolean mayWait) {
        this.scope = scope;
        this.remembered = remembered;
        this.reply = reply;
        this.mayWait = mayWait;
    }

    @Override
    public Future<Reply> serve(Call call) {
        String wait = call.request().query().get("wait");
        Duration patience = mayWait && wait != null ? Params.duration("wait", wait) : Duration.ZERO;
        long until = System.nanoTime() + (patience.compareTo(LONGEST_WAIT) < 0 ? patience : LONGEST_WAIT).toNanos();
        return current(call, has(call), until, !patience.isZero(), false);
    }

    /** The tags of what the caller has, as RFC 9110, section 13.1.2, lists them; {@code *} is whatever there is. */
    private static Set<String> has(Call call) {
        String after = call.request().query().get("after");
        String match = call.request().headers().get("if-none-match");
        String tags = after != null ? after : match;
        return tags == null
                ? Set.of()
                : Arrays.stream(tags.split(","))
                        .map(tag -> tag.strip().replaceFirst("^W/", "").replace("\"", ""))
                        .collect(Collectors.toSet());
    }

    private Future<Reply> current(Call call, Set<String> has, long until, boolean wait, boolean waited) {
        long changes = remembered.changes();
        return Stages.here(remembered.of(call.variables())).compose(found -> {
            Remembered.Made<V> made = found.orElseThrow(ApiException::notFound);
            if (!has.contains(made.tag()) && !has.contains(ANY)) {
                Future<Boolean> may = waited ? lives(call) : Future.succeededFuture(true);
                return may.compose(alive -> alive
                        ? Future.succeededFuture(tagged(reply.apply(made), made))
                        : Future.failedFuture(ApiException.denied()));
            }
            Duration left = Duration.ofNanos(until - System.nanoTime());
            return wait && !left.isNegative()
                    ? later(call, Set.of(made.tag()), changes, left, until)
                    : Future.succeededFuture(tagged(Reply.none().status(304), made));
        });
    }

    private Future<Reply> later(Call call, Set<String> has, long changes, Duration left, long until) {
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            throw ApiException.busy(MOST_WAITING + " requests wait here already; ask again without wait");
        }
        return Stages.here(remembered.changedAfter(changes, left).thenCompose(WatchedRoute::gathered))
                .onComplete(over -> waiting.decrementAndGet())
                .compose(changed -> current(call, has, until, changed, true));
    }

    /** Changes come in bursts, and most are not of what this caller waits for: all of a moment are looked at together. */
    private static CompletionStage<Boolean> gathered(boolean changed) {
        return changed
                ? new CompletableFuture<Boolean>().completeOnTimeout(true, MOMENT_MILLIS, TimeUnit.MILLISECONDS)
                : CompletableFuture.completedFuture(false);
    }

    /** Whether the caller's token is still what it was when the request was let in. */
    private Future<Boolean> lives(Call call) {
        long n = call.caller().n();
        return n == 0
                ? Future.succeededFuture(true)
                : Stages.here(scope.leases().find(n).thenApply(this::lives));
    }

    private boolean lives(Optional<Lease> token) {
        return token.filter(lease -> lease.state() == LeaseState.ACTIVE && !lease.isExpired(scope.now()))
                .isPresent();
    }

    private static Reply tagged(Reply reply, Remembered.Made<?> made) {
        return reply.header("ETag", '"' + made.tag() + '"').header("Cache-Control", "no-cache");
    }
}
