package io.daypass.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The relay between a client and a server that answers each line with the line itself. */
final class RelayIT {
    private static final Duration SOON = Duration.ofSeconds(5);

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private ServerSocket server;
    private Relay relay;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread serving = new Thread(this::serve, "echo");
        serving.setDaemon(true);
        serving.start();
        relay = new Relay(server.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        relay.close();
        server.close();
    }

    @Test
    void open_passesBothWays() throws IOException {
        try (Line line = new Line()) {
            line.say("one");
            assertEquals("one", line.hear());
        }
    }

    @Test
    void holdRequests_holdsWhatHasTheText_alone() throws IOException {
        try (Line marked = new Line();
                Line other = new Line()) {
            marked.say("CREATE before");
            assertEquals("CREATE before", marked.hear());
            relay.holdRequests("CREATE");
            marked.say("CREATE one");
            other.say("two");
            assertEquals("two", other.hear());
            Await.until(SOON, "a request is held", () -> relay.held() == 1);
            assertEquals(List.of("CREATE before", "two"), heard);
        }
    }

    @Test
    void holdRequests_ofAClientThatIsGone_stillArriveAfterRelease() throws IOException {
        relay.holdRequests("CREATE");
        try (Line line = new Line()) {
            line.say("CREATE late");
            Await.until(SOON, "a request is held", () -> relay.held() == 1);
        }
        relay.release();
        Await.until(SOON, "the request arrived", () -> heard.contains("CREATE late"));
    }

    @Test
    void holdAnswersTo_letsTheRequestThrough() throws IOException {
        relay.holdAnswersTo("CREATE");
        try (Line line = new Line()) {
            line.say("CREATE one");
            Await.until(SOON, "the request arrived", () -> heard.contains("CREATE one"));
            assertThrows(SocketTimeoutException.class, line::hear);
            relay.release();
            assertEquals("CREATE one", line.hear());
        }
    }

    @Test
    void mute_holdsNewConnectionsToo() throws IOException {
        relay.mute();
        try (Line line = new Line()) {
            line.say("one");
            assertThrows(SocketTimeoutException.class, line::hear);
        }
    }

    @Test
    void cut_endsConnections() throws IOException {
        try (Line line = new Line()) {
            line.say("one");
            assertEquals("one", line.hear());
            relay.cut();
            assertTrue(line.isOver());
        }
    }

    @Test
    void refuse_endsConnections_newOnesToo_untilItIsReleased() throws IOException {
        try (Line before = new Line()) {
            before.say("one");
            assertEquals("one", before.hear());
            relay.refuse();
            assertTrue(before.isOver());
        }
        try (Line turnedAway = new Line()) {
            assertTrue(turnedAway.isOver());
        }
        relay.release();
        try (Line after = new Line()) {
            after.say("two");
            assertEquals("two", after.hear());
        }
    }

    @Test
    void redirect_leadsNewConnectionsElsewhere() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                Line before = new Line()) {
            before.say("one");
            assertEquals("one", before.hear());
            relay.redirect(other.getLocalPort());
            assertTrue(before.isOver());
            try (Line after = new Line();
                    Socket there = other.accept()) {
                after.say("two");
                assertEquals("two", reader(there).readLine());
            }
        }
        assertEquals(List.of("one"), heard);
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread answering = new Thread(() -> answer(socket), "echo-connection");
                answering.setDaemon(true);
                answering.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void answer(Socket socket) {
        try (socket;
                BufferedReader lines = reader(socket)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                heard.add(line);
                socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException clientGone) {
            // Nobody is left to be answered.
        }
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private final class Line implements AutoCloseable {
        private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), relay.port());
        private final BufferedReader answers = reader(socket);

        Line() throws IOException {
            socket.setSoTimeout(300);
        }

        void say(String line) throws IOException {
            socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }

        String hear() throws IOException {
            return String.valueOf(answers.readLine());
        }

        boolean isOver() {
            try {
                return answers.readLine() == null;
            } catch (SocketTimeoutException stillOpen) {
                return false;
            } catch (IOException reset) {
                return true;
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
