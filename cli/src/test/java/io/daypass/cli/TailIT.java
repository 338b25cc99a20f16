package io.daypass.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TailIT extends WithFakeBroker {
    private static final String SUBSCRIBE = "/v1/sys/events/subscribe";

    @Test
    void tail_streamBreaks_goesOnAfterTheLastItSaw() throws Exception {
        broker.on("GET", SUBSCRIBE, exchange -> {
            String query = exchange.getRequestURI().getQuery();
            if (query == null) {
                stream(exchange, event(7, "lease.issued") + "event: lease.renewed\nid: 8\ndata: {\"cur");
            } else {
                stream(exchange, ": hello\n\n" + event(8, "lease.renewed") + event(9, "lease.ended"));
            }
        });
        Launched.Ended ended = daypass.run("events", "tail", "--count", "3", "-o", "json");
        assertEquals(0, ended.code(), ended.err());
        assertEquals(
                List.of(data(7, "lease.issued"), data(8, "lease.renewed"), data(9, "lease.ended")),
                ended.out().lines().toList());
        assertEquals(SUBSCRIBE, broker.asked().get(0).target());
        assertEquals(SUBSCRIBE + "?after=7", broker.asked().get(1).target());
    }

    @Test
    void tail_brokerRestarts_isAskedAgain() throws Exception {
        broker.on("GET", SUBSCRIBE, exchange -> stream(exchange, event(7, "lease.issued")));
        Launched.Running running = daypass.start("events", "tail", "--count", "2");
        daypass.await(() -> running.out().contains("lease.issued"), running::err);
        broker.stop();
        broker.on("GET", SUBSCRIBE, exchange -> stream(exchange, event(8, "lease.ended")));
        broker.start();
        Launched.Ended ended = running.end();
        assertEquals(0, ended.code(), ended.err());
        assertTrue(
                ended.out().contains("lease.ended     database/creds/reader  #3  by laptop  reason: why  revoked"),
                ended.out());
    }

    @Test
    void tail_readerLeaves_ends() throws Exception {
        broker.on("GET", SUBSCRIBE, exchange -> stream(exchange, event(7, "lease.issued")));
        Launched.Ended ended = daypass.runWith("| head -n 1", "events", "tail", "-o", "json");
        assertEquals(data(7, "lease.issued") + "\n", ended.out());
        assertEquals(128 + 13, ended.code(), ended.err());
    }

    @Test
    void tail_tokenEnds_isDenied() throws Exception {
        broker.on("GET", SUBSCRIBE, exchange -> {
            stream(exchange, event(7, "lease.issued"));
            broker.on("GET", SUBSCRIBE, 403, "{\"errors\":[\"permission denied\"]}");
        });
        assertEquals(3, daypass.run("events", "tail").code());
    }

    @Test
    void tail_brokerThatIsNotThere_isUnreachable() throws Exception {
        broker.stop();
        assertEquals(5, daypass.run("events", "tail").code());
    }

    private static void stream(HttpExchange exchange, String text) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String event(int cursor, String type) {
        return "event: " + type + "\nid: " + cursor + "\ndata: " + data(cursor, type) + "\n\n";
    }

    private static String data(int cursor, String type) {
        return "{\"cursor\":" + cursor + ",\"time\":\"2026-01-01T00:00:00.000000000Z\",\"type\":\"" + type
                + "\",\"path\":\"database/creds/reader\",\"number\":3,\"holder\":\"laptop\",\"reason\":\"why\","
                + "\"detail\":\"revoked\"}";
    }
}
