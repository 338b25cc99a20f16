package io.daypass.broker.http;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Those connected to one event loop of a listener. Whoever connects has a bounded time to ask something, to send the
 * body of what they ask, and between one request and the next: Vert.x's own idle time-out begins anew with each byte, so
 * it never ends for those who send one now and then. Touched on its event loop only.
 */
final class Connections {
    /** How often to sweep, in milliseconds. */
    static final long SWEEP_MILLIS = 1_000;

    private final ConnectionLimit limit;
    private final Times times;
    private final Map<HttpConnection, Visit> visits = new HashMap<>();

    /** @param limit shared with the listener's other event loops */
    Connections(ConnectionLimit limit, Times times) {
        this.limit = limit;
        this.times = times;
    }

    /**
     * How long things may take.
     *
     * @param head from connecting to the end of the first request's head
     * @param body from the end of a request's head to the end of its body
     * @param idle from the end of an answer to the end of the next request's head
     */
    record Times(Duration head, Duration body, Duration idle) {}

    /** Somebody has connected. */
    void opened(HttpConnection connection) {
        if (!limit.enter()) {
            connection.close();
            return;
        }
        visits.put(connection, new Visit(System.nanoTime()));
        connection.closeHandler(closed -> {
            if (visits.remove(connection) != null) {
                limit.leave();
            }
        });
    }

    /** The head of a request has come. */
    void asked(HttpServerRequest request) {
        Visit visit = visits.get(request.connection());
        if (visit != null) {
            visit.asked(request);
        }
    }

    /** Closes the connections of those who took too long. To be called every {@link #SWEEP_MILLIS}. */
    void sweep() {
        long now = System.nanoTime();
        List<HttpConnection> late = new ArrayList<>();
        visits.forEach((connection, visit) -> {
            if (visit.isLate(now, times)) {
                late.add(connection);
            }
        });
        late.forEach(HttpConnection::close);
    }

    /** One connection. */
    private static final class Visit {
        private final List<Asked> underWay = new ArrayList<>();
        private boolean first = true;
        private long idleSince;

        Visit(long now) {
            idleSince = now;
        }

        void asked(HttpServerRequest request) {
            underWay.removeIf(Asked::isAnswered);
            idleSince = System.nanoTime();
            first = false;
            underWay.add(new Asked(request, idleSince));
        }

        boolean isLate(long now, Times times) {
            underWay.removeIf(Asked::isAnswered);
            if (underWay.isEmpty()) {
                return now - idleSince > (first ? times.head() : times.idle()).toNanos();
            }
            idleSince = now;
            return underWay.stream()
                    .anyMatch(asked -> !asked.request.isEnded()
                            && now - asked.since > times.body().toNanos());
        }
    }

    private record Asked(HttpServerRequest request, long since) {
        boolean isAnswered() {
            return request.response().ended() || request.response().closed();
        }
    }
}
