package io.daypass.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.daypass.broker.plugin.JarBuilder;
import io.daypass.config.PluginPin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker whose configuration names many bad plugins and a right one. */
@Timeout(120)
class SpoiledPluginsIT {
    private final Path folder;
    private final List<PluginPin> pins = new ArrayList<>();

    SpoiledPluginsIT(@TempDir Path folder) {
        this.folder = folder;
    }

    private JarBuilder sample(String id) {
        return new JarBuilder(folder).manifest("Plugin-Id", id);
    }

    private void spoil() throws IOException {
        add(
                sample("spi").source("io.daypass.plugin.Stolen", "package io.daypass.plugin; public class Stolen {}"),
                "spi");
        add(sample("class-path").manifest("Class-Path", "more.jar"), "class-path");
        add(sample("no-engine").withoutFile("META-INF/extensions.idx"), "no-engine");
        add(sample("throws").engine("public SampleEngine() { throw new IllegalStateException(\"no\"); }"), "throws");
        add(sample("altered"), "altered");
        Files.write(folder.resolve("altered.jar"), new byte[] {0}, StandardOpenOption.APPEND);
    }

    private void add(JarBuilder builder, String name) throws IOException {
        pins.add(JarBuilder.pin(builder.build(name + ".jar")));
    }

    @Test
    void eachIsRefusedAloneWithItsReason_andTheRestRuns() throws IOException {
        spoil();
        pins.add(SamplePlugin.build(folder));
        try (RunningBroker broker =
                RunningBroker.start(folder, dev -> RunningBroker.plugins(dev, pins), InstantSource.system())) {
            JsonNode refused =
                    broker.as("root", "GET", "sys/plugins/catalog", "").body().at("/data/refused");
            assertEquals(5, refused.size(), refused::toString);
            Map.of(
                            "spi.jar", "io/daypass/plugin/Stolen",
                            "class-path.jar", "Class-Path",
                            "no-engine.jar", "extensions.idx",
                            "throws.jar", "constructor",
                            "altered.jar", "SHA-256")
                    .forEach((file, why) -> assertRefused(refused, file, why));
            SamplePlugin.mount(broker, folder.resolve("ended"));
            String id = SamplePlugin.issue(broker).body().path("lease_id").asText();
            assertTrue(SamplePlugin.number(broker, id) > 0);
            assertFalse(Files.exists(folder.resolve("ended")));
        }
    }

    private static void assertRefused(JsonNode refused, String file, String why) {
        for (JsonNode each : refused) {
            if (each.path("file").asText().equals(file)) {
                assertTrue(each.path("problem").asText().contains(why), each::toString);
                return;
            }
        }
        throw new AssertionError(file + " is not among " + refused);
    }
}
