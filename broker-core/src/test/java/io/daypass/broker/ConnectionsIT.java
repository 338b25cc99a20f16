package io.daypass.broker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.config.Listen;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What those get who connect and don't ask, ask what can't be read, or are too many. */
@Timeout(60)
class ConnectionsIT {
    private static final int MOST = 3;
    private static final String HEALTH = "GET /v1/sys/health HTTP/1.1\r\nHost: localhost\r\n";

    private static RunningBroker broker;

    @BeforeAll
    static void start(@TempDir Path folder) {
        broker = RunningBroker.start(
                folder, dev -> RunningBroker.listening(dev, narrow(dev.listen())), InstantSource.system());
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static Listen narrow(Listen listen) {
        return new Listen(
                listen.address(),
                listen.tls(),
                listen.maxBody(),
                listen.maxHeader(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                MOST,
                listen.initFrom());
    }

    private static Socket say(String text) throws IOException {
        Socket socket = broker.connect();
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
        return socket;
    }

    /** All that is answered until the broker hangs up. */
    private static String rest(Socket socket) throws IOException {
        try (socket) {
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (SocketException hungUpOn) {
            return "";
        }
    }

    @ParameterizedTest
    @CsvSource({"line, 414, first line", "header, 431, listen.max_header", "garbage, 400, HTTP request"})
    void head_thatCantBeRead_isAnsweredInJsonAndHungUpOn(String what, int status, String text) throws IOException {
        String long20k = "x".repeat(20_000);
        String sent = switch (what) {
            case "line" -> "GET /v1/" + long20k + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
            case "header" -> HEALTH + "X-Long: " + long20k + "\r\n\r\n";
            default -> HEALTH + "no header s.secret\r\n\r\n";
        };
        String answer = rest(say(sent));
        assertTrue(answer.matches("(?s)HTTP/1.[01] " + status + " .*"), answer);
        assertTrue(answer.contains("{\"errors\":[\"") && answer.contains(text), answer);
        assertTrue(answer.toLowerCase(Locale.ROOT).contains("content-type: application/json\r\n"), answer);
        assertTrue(!answer.contains("secret"), answer);
    }

    @ParameterizedTest
    @CsvSource({"nothing, ''", "half a head, half", "half a body, body"})
    void client_thatDoesNotGoOn_isHungUpOn(String name, String what) throws IOException {
        String sent = switch (what) {
            case "half" -> HEALTH;
            case "body" -> "POST /v1/sys/mounts/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{\"type";
            default -> "";
        };
        assertEquals("", rest(say(sent)));
    }

    @Test
    void headInDrops_isHungUpOnAllTheSame() throws IOException {
        try (Socket socket = say(HEALTH)) {
            socket.setSoTimeout(100);
            boolean over = false;
            while (!over) {
                over = drop(socket);
            }
        }
    }

    /** Sends a header more, and waits a moment. True: the broker has hung up. */
    private static boolean drop(Socket socket) throws IOException {
        try {
            socket.getOutputStream().write("X-More: 1\r\n".getBytes(ISO_8859_1));
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException stillThere) {
            return false;
        } catch (SocketException hungUpOn) {
            return true;
        }
    }

    @Test
    void clients_moreThanThereMayBe_areHungUpOn_untilOthersLeave() throws IOException {
        Socket[] all = new Socket[MOST];
        for (int i = 0; i < MOST; i++) {
            all[i] = say(HEALTH + "\r\n");
            assertEquals('H', all[i].getInputStream().read());
        }
        assertEquals("", rest(say(HEALTH + "\r\n")));
        for (Socket each : all) {
            each.close();
        }
        String answer = "";
        while (answer.isEmpty()) {
            answer = rest(say(HEALTH + "Connection: close\r\n\r\n"));
        }
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    }

    @Test
    void upgradeToHttp2_isIgnored() throws IOException {
        String upgrade = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n";
        try (Socket socket = say(HEALTH + upgrade + "\r\n")) {
            byte[] start = socket.getInputStream().readNBytes(12);
            assertEquals("HTTP/1.1 200", new String(start, ISO_8859_1));
        }
    }
}
