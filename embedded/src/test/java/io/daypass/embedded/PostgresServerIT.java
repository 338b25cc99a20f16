package io.daypass.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PostgresServerIT {
    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void start_ofEachVersion_isThatVersion(PostgresVersion version) throws Exception {
        try (PostgresServer server = PostgresServer.start(version, directory)) {
            assertEquals(version.major(), major(server));
        }
    }

    @Test
    void connect_withAWrongPassword_isRefused() throws Exception {
        try (PostgresServer server = PostgresServer.start(PostgresVersion.V18, directory)) {
            SQLException refused =
                    assertThrows(SQLException.class, () -> server.connect("postgres", PostgresServer.SUPERUSER, "x"));
            assertEquals("28P01", refused.getSQLState());
        }
    }

    @Test
    void kill_thenRestart_keepsWhatWasCommitted() throws Exception {
        try (PostgresServer server = PostgresServer.start(PostgresVersion.V18, directory)) {
            server.run("postgres", "CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (7)");
            server.kill();
            assertThrows(SQLException.class, () -> server.superuser("postgres"));
            server.restart();
            assertEquals(7, number(server, "SELECT n FROM kept"));
        }
    }

    @Test
    void close_leavesNoProcess() throws Exception {
        Process process;
        try (PostgresServer server = PostgresServer.start(PostgresVersion.V18, directory)) {
            assertTrue(processes() > 0);
            process = server.process();
        }
        assertFalse(process.isAlive());
        assertEquals(0, processes());
    }

    @Test
    @EnabledIfSystemProperty(named = "user.name", matches = "root")
    void start_asRootWithoutUserNamespaces_runsAsNobody() throws Exception {
        PostgresBinaries binaries = PostgresBinaries.unpack(PostgresVersion.V18, directory.resolve("programs"));
        Path data = Files.createDirectory(directory.resolve("server"));
        try (PostgresServer server = PostgresServer.start(binaries, data, Map.of(), Account.nobody())) {
            assertEquals(18, major(server));
            assertEquals(65_534, Files.getAttribute(data.resolve("data"), "unix:uid"));
        }
    }

    private long processes() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(directory.toString()))
                .count();
    }

    private static int major(PostgresServer server) throws SQLException {
        return number(server, "SELECT current_setting('server_version_num')::int / 10000");
    }

    private static int number(PostgresServer server, String query) throws SQLException {
        try (Connection connection = server.superuser("postgres");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getInt(1);
        }
    }
}
