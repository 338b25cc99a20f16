package io.daypass.broker.event;

import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Call;
import io.daypass.broker.api.Caller;
import io.daypass.broker.api.Reply;
import io.daypass.broker.api.Route;
import io.daypass.broker.api.Stages;
import io.daypass.broker.api.Verb;
import io.daypass.broker.policy.Authorizer;
import io.daypass.broker.policy.Capability;
import io.daypass.outbox.Committed;
import io.daypass.outbox.Event;
import io.daypass.outbox.Outbox;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** {@code sys/events/subscribe}: who hears of leases, as long as their token lives and where their policies let them. */
public final class Subscriptions {
    private static final long TOKEN_CHECK_MILLIS = 500;

    private final Vertx vertx;
    private final Outbox outbox;
    private final Authorizer authorizer;
    private final Function<Caller, Future<Boolean>> alive;
    private final Set<SseStream> streams = ConcurrentHashMap.newKeySet();

    /**
     * @param vertx whose timers are used
     * @param outbox what happened
     * @param authorizer who says what a caller may
     * @param alive whether a caller's token still lives
     */
    public Subscriptions(Vertx vertx, Outbox outbox, Authorizer authorizer, Function<Caller, Future<Boolean>> alive) {
        this.vertx = vertx;
        this.outbox = outbox;
        this.authorizer = authorizer;
        this.alive = alive;
    }

    /** Begins to look after the streams' tokens. */
    public void start() {
        vertx.setPeriodic(TOKEN_CHECK_MILLIS, tick -> streams.forEach(SseStream::checkToken));
    }

    /** The routes. */
    public Stream<Route> routes() {
        return Stream.of(Route.of(Verb.READ, "sys/events/subscribe", this::subscribe));
    }

    /** Wakes the streams. To be called for every commit. */
    public void committed(Committed committed) {
        if (!committed.events().isEmpty()) {
            streams.forEach(SseStream::wake);
        }
    }

    /** Ends all streams. For when it is sealed, or stops. */
    public void stopAll() {
        streams.forEach(SseStream::stop);
    }

    private Future<Reply> subscribe(Call call) {
        String after = call.request().query().get("after");
        String text = after == null ? call.request().headers().get("last-event-id") : after;
        Future<Long> cursor = text == null ? Stages.here(outbox.newest()) : Future.succeededFuture(cursor(text));
        return cursor.map(from -> Reply.stream(response -> {
            SseStream[] self = new SseStream[1];
            SseStream stream = new SseStream(
                    vertx,
                    outbox,
                    response,
                    from,
                    event -> visible(call.caller(), event),
                    () -> mayGoOn(call.caller(), call.request().pathText()),
                    () -> streams.remove(self[0]));
            self[0] = stream;
            streams.add(stream);
            stream.start();
        }));
    }

    private Future<Boolean> mayGoOn(Caller caller, String path) {
        return authorizer.allows(caller, Capability.READ, path) ? alive.apply(caller) : Future.succeededFuture(false);
    }

    private boolean visible(Caller caller, Event event) {
        return authorizer.allows(caller, Capability.READ, event.source().path());
    }

    private static long cursor(String text) {
        try {
            long cursor = Long.parseLong(text);
            if (cursor >= 0) {
                return cursor;
            }
        } catch (NumberFormatException notANumber) {
            // Answered below, like a negative one.
        }
        throw ApiException.badRequest("after: the cursor of an event is expected, a whole number from 0 up");
    }
}
