package io.daypass.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DriverIT {
    private final AtomicLong asked = new AtomicLong();
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final HttpServer server;

    DriverIT() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            int status = exchange.getRequestURI().getPath().equals("/no") ? 429 : 200;
            byte[] body = "x".repeat(20_000).getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdown();
    }

    @Test
    void exactly_sendsThatMany_andEachIsAnswered() throws IOException {
        try (Driver driver = driver(4, Requests.post("/x", "t", "{}"))) {
            Outcome outcome = driver.exactly(101);
            assertEquals(101, outcome.answered());
            assertEquals(101, outcome.latencies().count());
            assertEquals(101, asked.get());
            assertEquals(10, driver.exactly(10).answered());
        }
    }

    @Test
    void closedLoop_keepsAllConnectionsBusy() throws IOException {
        try (Driver driver = driver(4, Requests.get("/x", "t"))) {
            Outcome outcome = driver.closedLoop(Duration.ofMillis(200));
            assertTrue(outcome.answered() > 4);
            assertTrue(outcome.rate() > 0);
        }
    }

    @Test
    void paced_sendsAtTheRate() throws IOException {
        try (Driver driver = driver(4, Requests.get("/x", "t"))) {
            assertEquals(100, driver.paced(500, Duration.ofMillis(200)).answered());
        }
    }

    @Test
    void sound_refusesWhatWasRefused() throws IOException {
        try (Driver driver = driver(2, Requests.get("/no", "t"))) {
            Outcome outcome = driver.exactly(3);
            assertEquals(3, outcome.refusals());
            assertThrows(IllegalStateException.class, outcome::sound);
        }
    }

    private Driver driver(int connections, byte[] request) throws IOException {
        return new Driver(server.getAddress(), connections, Requests.anyOf(List.of(request)));
    }
}
