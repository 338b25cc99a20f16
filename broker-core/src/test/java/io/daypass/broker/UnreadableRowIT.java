package io.daypass.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.daypass.config.PluginPin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One lease row that can't be read, met while the broker serves. */
@Timeout(120)
class UnreadableRowIT {
    @Test
    void row_staysDueAndVisible_andAllElseIsServed(@TempDir Path folder) throws IOException, SQLException {
        Path ended = folder.resolve("ended");
        List<PluginPin> pins = List.of(SamplePlugin.build(folder));
        try (RunningBroker broker =
                RunningBroker.start(folder, dev -> RunningBroker.plugins(dev, pins), InstantSource.system())) {
            SamplePlugin.mount(broker, ended);
            String bad = SamplePlugin.issue(broker).body().path("lease_id").asText();
            RunningBroker.Answer good = SamplePlugin.issue(broker);
            long number = SamplePlugin.number(broker, bad);
            spoil(RunningBroker.data(folder), number);

            RunningBroker.Answer revoked = revoke(broker, bad);
            assertEquals(202, revoked.status(), revoked.text());
            JsonNode row = broker.as("root", "GET", "sys/leases/query?mount=sample&state=revoking", "")
                    .body()
                    .at("/data/leases/0");
            assertEquals(number, row.path("number").asLong(), row::toString);
            assertTrue(row.path("last_error").asText().contains("can't be read"), row::toString);
            assertTrue(row.path("attempts").asInt() > 0, row::toString);

            assertEquals(
                    204, revoke(broker, good.body().path("lease_id").asText()).status());
            assertEquals(List.of(good.body().at("/data/name").asText()), Files.readAllLines(ended));
            SamplePlugin.issue(broker);
            assertEquals(number, SamplePlugin.number(broker, bad));
        }
    }

    private static RunningBroker.Answer revoke(RunningBroker broker, String id) throws IOException {
        return broker.as("root", "PUT", "sys/leases/revoke", SamplePlugin.json(Map.of("lease_id", id)));
    }

    private static void spoil(Path data, long number) throws IOException, SQLException {
        Path file;
        try (Stream<Path> files = Files.list(data)) {
            file = files.filter(each -> each.toString().endsWith(".db"))
                    .findFirst()
                    .orElseThrow();
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                PreparedStatement update =
                        connection.prepareStatement("update lease set sealed = zeroblob(60) where n = ?")) {
            update.setLong(1, number);
            assertEquals(1, update.executeUpdate());
        }
    }
}
