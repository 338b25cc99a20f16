package io.daypass.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.daypass.embedded.source.MySqlSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The same of each source. */
@ParameterizedClass
@EnumSource
final class MariaDbServerIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final MySqlSource source;

    @TempDir
    private Path directory;

    private MySqlServer server;

    MariaDbServerIT(MySqlSource source) {
        this.source = source;
    }

    @BeforeEach
    void start() throws Exception {
        server = source.start(directory, Map.of("max-connections", "11"));
    }

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void start_withOptions_isWhatWasAskedFor() throws Exception {
        String version = server.version();
        switch (source) {
            case MARIADB_INSTALLED -> assertTrue(version.contains("MariaDB"), version);
            case MARIADB_11_4 -> assertTrue(version.startsWith("11.4.") && version.contains("MariaDB"), version);
            case MYSQL_8 -> assertTrue(version.startsWith("8."), version);
        }
        assertEquals("11", server.ask("SELECT @@max_connections"));
        assertEquals("1", server.ask("SELECT @@innodb_flush_log_at_trx_commit"));
    }

    @Test
    void start_hasNoAccountWithoutAPassword() {
        for (String user : new String[] {MySqlServer.ADMIN, "", "nobody"}) {
            SQLException refused = assertThrows(SQLException.class, () -> server.connect("", user, ""));
            assertEquals("28000", refused.getSQLState(), refused.getMessage());
        }
    }

    @Test
    void kill_thenRestart_keepsWhatWasCommitted() throws Exception {
        server.run("CREATE DATABASE shop", "CREATE TABLE shop.kept (n int)", "INSERT INTO shop.kept VALUES (7)");
        server.run("CREATE USER 'kept'@'%' IDENTIFIED BY 'password-of-kept'");
        server.kill();
        assertThrows(SQLException.class, () -> server.admin());
        server.restart();
        assertEquals("7", server.ask("SELECT n FROM shop.kept"));
        server.connect("", "kept", "password-of-kept").close();
        assertEquals("11", server.ask("SELECT @@max_connections"));
    }

    @Test
    void stop_thenRestart_forgetsWhatWasSetWhileItRan() throws Exception {
        server.run("SET GLOBAL read_only = 1");
        server.stop();
        server.restart();
        assertEquals("0", server.ask("SELECT @@read_only"));
    }

    @Test
    void pause_holdsAnswersUntilItIsResumed() throws Exception {
        try (Connection connection = server.admin();
                Statement statement = connection.createStatement()) {
            server.pause();
            CompletableFuture<Boolean> asked = CompletableFuture.supplyAsync(() -> {
                try {
                    return statement.execute("SELECT 1");
                } catch (SQLException broken) {
                    throw new IllegalStateException(broken);
                }
            });
            Await.pass(Duration.ofMillis(200));
            assertFalse(asked.isDone());
            server.resume();
            Await.until(SOON, "it answers", asked::isDone);
            assertTrue(asked.join());
        }
    }

    @Test
    void close_ofOneThatIsPaused_leavesNoProcessAndNoData() throws Exception {
        server.pause();
        server.close();
        assertEquals(0, processes());
        assertFalse(Files.exists(directory.resolve("data")));
    }

    @Test
    @EnabledIfSystemProperty(named = "user.name", matches = "root")
    void start_asRootWithoutUserNamespaces_runsAsNobody() throws Exception {
        assumeTrue(source != MySqlSource.MYSQL_8, "a container has accounts of its own");
        MariaDbBinaries binaries = source == MySqlSource.MARIADB_INSTALLED
                ? MariaDbBinaries.installed().orElseThrow()
                : MariaDbBinaries.unpack(directory.resolve("programs"));
        Path own = Files.createDirectory(directory.resolve("of-nobody"));
        try (MariaDbServer other = MariaDbServer.start(binaries, own, Map.of(), Account.nobody())) {
            assertEquals(65_534, Files.getAttribute(own.resolve("data"), "unix:uid"));
            assertEquals("1", other.ask("SELECT 1"));
        }
    }

    private long processes() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(directory.toString()))
                .count();
    }
}
