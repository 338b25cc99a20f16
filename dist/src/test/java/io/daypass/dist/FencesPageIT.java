package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.PostgresServer;
import io.daypass.embedded.PostgresVersion;
import io.daypass.embedded.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The fences that the page on plugins shows: a mint in time makes something, a late one makes nothing, and a settlement
 * vouches only once the deadline has passed.
 */
@ExtendWith(World.Extension.class)
class FencesPageIT {
    private static final Path PAGE = Path.of("..", "docs", "write-a-plugin.md");

    private final Instant now = InstantSource.system().instant();
    private final Instant later = now.plus(Duration.ofHours(1));
    private final Instant past = now.minus(Duration.ofHours(1));

    @TempDir
    Path folder;

    private static String block(String name, Map<String, String> values) throws IOException {
        String text = PluginPage.of(PAGE).blocks().stream()
                .filter(block -> block.note().equals("<!-- fence: " + name))
                .map(PluginPage.Block::text)
                .findFirst()
                .orElseThrow();
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("{{" + value.getKey() + "}}", value.getValue());
        }
        assertFalse(text.contains("{{"), text);
        return text;
    }

    @Test
    void postgresql_refusesWhatIsLate_andVouchesOnceItIs(World world) throws Exception {
        PostgresServer server = world.postgres(PostgresVersion.V18);
        try (Connection connection = server.superuser(PostgresServer.SUPERUSER);
                Statement statement = connection.createStatement()) {
            statement.execute(sql("mint", later));
            assertTrue(isThere(statement));
            assertFalse(vouches(statement, later));
            assertFalse(isThere(statement));
            assertThrows(SQLException.class, () -> statement.execute(sql("mint", past)));
            statement.execute("ROLLBACK");
            assertFalse(isThere(statement));
            assertTrue(vouches(statement, past));
        }
    }

    private static String sql(String what, Instant deadline) throws IOException {
        Map<String, String> values =
                Map.of("key", "4711", "deadline", deadline.toString(), "name", "fenced", "password", "a-password");
        return what.equals("mint") ? block("postgresql mint", values) : block("postgresql settle", values);
    }

    private static boolean isThere(Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery("SELECT count(*) FROM pg_roles WHERE rolname = 'fenced'")) {
            return found.next() && found.getInt(1) == 1;
        }
    }

    /** What the last of its queries answers. */
    private static boolean vouches(Statement statement, Instant deadline) throws SQLException, IOException {
        boolean rows = statement.execute(sql("settle", deadline));
        String last = "";
        while (rows || statement.getUpdateCount() != -1) {
            if (rows) {
                try (ResultSet result = statement.getResultSet()) {
                    result.next();
                    last = String.valueOf(result.getString(1));
                }
            }
            rows = statement.getMoreResults();
        }
        return last.equals("t");
    }

    @Test
    void redis_refusesWhatIsLate_orRevokedMeanwhile_andVouchesOnceItIs() throws Exception {
        SshPrograms.find("redis-server");
        try (RedisServer server = RedisServer.start(folder)) {
            assertEquals(List.of("OK"), mint(server, "in-time", later, ""));
            assertTrue(users(server).contains("in-time"));
            assertFalse(vouches(server, "in-time", later));
            assertFalse(users(server).contains("in-time"));

            assertEquals(List.of("late"), mint(server, "late", past, ""));
            assertEquals(List.of("revoked"), mint(server, "in-time", later, ""));
            assertEquals(List.of("(nil)"), mint(server, "overtaken", later, "SET daypass:fence:overtaken 1 EX 3600"));
            assertFalse(users(server).contains("overtaken"));
            assertTrue(vouches(server, "overtaken", past));
        }
    }

    private static String users(RedisServer server) throws IOException {
        return String.join(" ", server.ask("ACL USERS"));
    }

    /** @param meanwhile what is done between the look at the clock and the rest; empty: nothing */
    private static List<String> mint(RedisServer server, String name, Instant deadline, String meanwhile)
            throws IOException {
        List<String> answer = List.of();
        for (String command : block("redis mint", Map.of("name", name, "sha256", "0".repeat(64)))
                .lines()
                .toList()) {
            if (command.equals("MULTI") && !meanwhile.isEmpty()) {
                server.ask(meanwhile);
            }
            answer = server.ask(command);
            if (command.startsWith("EXISTS") && answer.equals(List.of("1"))) {
                server.ask("UNWATCH");
                return List.of("revoked");
            }
            if (command.equals("TIME") && Long.parseLong(answer.get(0)) >= deadline.getEpochSecond()) {
                server.ask("UNWATCH");
                return List.of("late");
            }
        }
        return answer;
    }

    private static boolean vouches(RedisServer server, String name, Instant deadline) throws IOException {
        List<String> answer = List.of();
        for (String command :
                block("redis settle", Map.of("name", name)).lines().toList()) {
            answer = server.ask(command);
        }
        return Long.parseLong(answer.get(0)) > deadline.getEpochSecond();
    }

    @Test
    void shell_refusesWhatIsLate() throws Exception {
        SshPrograms.find("flock");
        assertEquals(0, shell(later));
        assertEquals("fenced a-password\n", Files.readString(folder.resolve("keys")));
        assertEquals(1, shell(past));
        assertEquals("fenced a-password\n", Files.readString(folder.resolve("keys")));
    }

    private int shell(Instant deadline) throws IOException, InterruptedException {
        Map<String, String> values = Map.of(
                "name", "fenced", "password", "a-password", "deadline", String.valueOf(deadline.getEpochSecond()));
        return Programs.run(folder, "bash", List.of("-c", block("shell mint", values)))
                .status();
    }
}
