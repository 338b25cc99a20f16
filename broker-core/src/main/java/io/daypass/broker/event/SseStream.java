package io.daypass.broker.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.broker.api.Stages;
import io.daypass.broker.api.Times;
import io.daypass.lease.Lease;
import io.daypass.outbox.Event;
import io.daypass.outbox.Outbox;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One subscriber's stream of server-sent events. It is fed from the table by cursor, page by page, and no faster than
 * the subscriber reads; nothing is buffered for it.
 */
final class SseStream {
    private static final int PAGE = 200;
    private static final long HEARTBEAT_MILLIS = 15_000;

    private final Context context;
    private final Vertx vertx;
    private final Outbox outbox;
    private final HttpServerResponse response;
    private final Predicate<Event> visible;
    private final Supplier<Future<Boolean>> mayGoOn;
    private final Runnable whenOver;
    private long cursor;
    private boolean reading;
    private boolean woken;
    private boolean over;
    private long heartbeat;

    SseStream(
            Vertx vertx,
            Outbox outbox,
            HttpServerResponse response,
            long cursor,
            Predicate<Event> visible,
            Supplier<Future<Boolean>> mayGoOn,
            Runnable whenOver) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.outbox = outbox;
        this.response = response;
        this.cursor = cursor;
        this.visible = visible;
        this.mayGoOn = mayGoOn;
        this.whenOver = whenOver;
    }

    /** Writes the head, then whatever there is. On the response's own context. */
    void start() {
        response.setChunked(true);
        response.putHeader("Content-Type", "text/event-stream");
        response.closeHandler(gone -> end());
        response.exceptionHandler(broken -> end());
        response.drainHandler(drained -> read());
        // An id without data is no event, but clients remember it: one that is cut off before its first event, or while
        // only others' events come, goes on from here.
        response.write(": daypass lease events\nid: " + cursor + "\n\n");
        heartbeat = vertx.setPeriodic(HEARTBEAT_MILLIS, tick -> beat());
        Stages.here(outbox.oldest()).onSuccess(this::noteGap).onComplete(known -> read());
    }

    /** Says that the stream still goes on. Whoever doesn't read gets no more to be kept for them. */
    private void beat() {
        if (!over && !response.writeQueueFull()) {
            response.write(": still here\nid: " + cursor + "\n\n");
        }
    }

    /** Something may be there to be read. On any thread. */
    void wake() {
        context.runOnContext(now -> read());
    }

    /** Ends the stream if its token has, or may not listen any more. On any thread. */
    void checkToken() {
        context.runOnContext(now -> mayGoOn.get().onComplete(asked -> {
            if (asked.failed() || !asked.result()) {
                end();
            }
        }));
    }

    /** Ends the stream. On any thread. */
    void stop() {
        context.runOnContext(now -> end());
    }

    private void noteGap(long oldest) {
        if (cursor > 0 && oldest - 1 > cursor) {
            response.write("event: gap\nid: " + (oldest - 1) + "\ndata: {\"oldest\":" + oldest + "}\n\n");
            cursor = oldest - 1;
        }
    }

    private void read() {
        if (over || response.writeQueueFull()) {
            return;
        }
        if (reading) {
            woken = true;
            return;
        }
        reading = true;
        woken = false;
        Stages.here(outbox.after(cursor, PAGE)).onComplete(page -> {
            reading = false;
            if (page.failed()) {
                end();
                return;
            }
            write(page.result());
            if (woken || page.result().size() == PAGE) {
                read();
            }
        });
    }

    private void write(List<Event> events) {
        if (over) {
            return;
        }
        StringBuilder text = new StringBuilder();
        for (Event event : events) {
            cursor = event.cursor();
            if (visible.test(event)) {
                text.append("event: ")
                        .append(event.type().text())
                        .append("\nid: ")
                        .append(event.cursor());
                text.append("\ndata: ").append(shown(event)).append("\n\n");
            }
        }
        if (text.length() > 0) {
            response.write(text.toString());
        }
    }

    private void end() {
        if (!over) {
            over = true;
            vertx.cancelTimer(heartbeat);
            whenOver.run();
            if (!response.ended() && !response.closed()) {
                response.end();
            }
        }
    }

    private static ObjectNode shown(Event event) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("cursor", event.cursor());
        data.put("time", Times.text(event.at()));
        data.put("type", event.type().text());
        data.put("path", event.source().path());
        data.put("number", event.n());
        data.put("kind", event.source().kind());
        data.put("target", event.source().target());
        data.put("holder", event.holder());
        data.put("reason", event.reason());
        if (event.expiresAt().equals(Lease.NEVER)) {
            data.putNull("expire_time");
        } else {
            data.put("expire_time", Times.text(event.expiresAt()));
        }
        data.put("detail", event.detail());
        return data;
    }
}
