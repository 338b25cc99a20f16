package io.daypass.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.source.RedisSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RedisServerIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private RedisServer server;

    @BeforeEach
    void start() throws Exception {
        server = RedisSource.start(directory, Map.of("maxclients", "17"));
    }

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void start_withOptions_isWhatWasAskedFor() throws Exception {
        assertEquals("maxclients\n17", server.ask("CONFIG", "GET", "maxclients"));
        assertEquals(RedisServer.ADMIN, server.ask("ACL", "USERS"));
    }

    @Test
    void letsIn_nobodyWithoutTheirPassword() throws Exception {
        assertTrue(server.letsIn(RedisServer.ADMIN, server.password()));
        assertFalse(server.letsIn(RedisServer.ADMIN, "another"));
        assertFalse(server.letsIn(RedisServer.ADMIN, ""));
        assertFalse(server.letsIn("nobody", ""));
        server.ask("ACL", "SETUSER", "reader", "on", ">secret-of-reader", "~*", "+get");
        assertTrue(server.letsIn("reader", "secret-of-reader"));
    }

    @Test
    void kill_thenRestart_keepsKeysAndTheUsersThatWereSaved() throws Exception {
        server.ask("SET", "kept", "7");
        server.ask("ACL", "SETUSER", "saved", "on", ">secret-of-saved");
        assertEquals("OK", server.ask("ACL", "SAVE"));
        server.ask("ACL", "SETUSER", "forgotten", "on", ">secret-of-forgotten");
        server.kill();
        assertFalse(server.letsIn("saved", "secret-of-saved"));
        server.restart();
        assertEquals("7", server.ask("GET", "kept"));
        assertTrue(server.letsIn("saved", "secret-of-saved"));
        assertFalse(server.letsIn("forgotten", "secret-of-forgotten"));
    }

    @Test
    void pause_holdsAnswersUntilItIsResumed() throws Exception {
        server.pause();
        CompletableFuture<String> asked = CompletableFuture.supplyAsync(() -> {
            try {
                return server.ask("PING");
            } catch (IOException noAnswer) {
                throw new UncheckedIOException(noAnswer);
            }
        });
        Await.pass(Duration.ofMillis(200));
        assertFalse(asked.isDone());
        server.resume();
        Await.until(SOON, "it answers", asked::isDone);
        assertEquals("PONG", asked.join());
    }

    @Test
    void close_ofOneThatIsPaused_leavesNoProcessAndNoData() {
        server.pause();
        server.close();
        assertEquals(
                0,
                ProcessHandle.allProcesses()
                        .filter(process ->
                                process.info().commandLine().orElse("").contains(directory.toString()))
                        .count());
        assertFalse(Files.exists(directory.resolve("data")));
    }
}
