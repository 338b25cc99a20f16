package io.daypass.cli.ssh.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Agents that mean ill, or hang. */
class AgentIT {
    private static final Duration SOON = Duration.ofSeconds(8);

    @TempDir
    private Path directory = Path.of("/");

    private ServerSocketChannel listening(int queue) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        return server.bind(UnixDomainSocketAddress.of(directory.resolve("agent")), queue);
    }

    private boolean add() throws IOException {
        return new Agent(directory.resolve("agent").toString()).add(new byte[8], Duration.ofMinutes(1));
    }

    @Test
    void agent_whoseQueueIsFull_isGivenUpAtOnce() throws Exception {
        List<SocketChannel> queued = new ArrayList<>();
        try (ServerSocketChannel full = listening(1)) {
            while (queued.size() < 1_000 && letsIn(full, queued)) {
                // One more waits.
            }
            assertTimeoutPreemptively(SOON, () -> assertThrows(IOException.class, this::add));
        } finally {
            for (SocketChannel each : queued) {
                each.close();
            }
        }
    }

    private static boolean letsIn(ServerSocketChannel server, List<SocketChannel> queued) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        queued.add(channel);
        channel.configureBlocking(false);
        try {
            return channel.connect(server.getLocalAddress());
        } catch (SocketException full) {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({"00000001 06,true", "00000001 05,false"})
    void answer_isWhetherItTookTheKey(String hex, boolean taken) throws Exception {
        try (ServerSocketChannel server = listening(5)) {
            CompletableFuture<Void> answered = answer(server, hex);
            assertEquals(taken, add());
            answered.join();
        }
    }

    @ParameterizedTest
    @CsvSource({"7fffffff 06", "ffffffff 06", "00000000", "00000002 06", "48545450 2f", "00"})
    void answer_thatIsNone_isGivenUp(String hex) throws Exception {
        try (ServerSocketChannel server = listening(5)) {
            CompletableFuture<Void> answered = answer(server, hex);
            assertTimeoutPreemptively(SOON, () -> assertThrows(IOException.class, this::add));
            answered.join();
        }
    }

    private static CompletableFuture<Void> answer(ServerSocketChannel server, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        return CompletableFuture.runAsync(() -> {
            try (SocketChannel asked = server.accept()) {
                asked.read(ByteBuffer.allocate(1_024));
                asked.write(ByteBuffer.wrap(bytes));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
