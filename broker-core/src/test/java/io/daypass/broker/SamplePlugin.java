package io.daypass.broker;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.daypass.broker.plugin.JarBuilder;
import io.daypass.config.PluginPin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A plugin whose leases live half an hour, and which writes down in a file what it was asked to end. */
final class SamplePlugin {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ENGINE = """
            package sample;

            import io.daypass.plugin.*;
            import java.io.IOException;
            import java.nio.file.*;
            import java.time.Duration;

            public final class SampleEngine implements Engine {
                public record Config(@Doc("Where ends are written down") String file) {}
                public record Key(String file, String name) {}
                public record Creds(String name, Secret key) {}

                private Mount mount;
                private Table<Config> config;

                @Override
                public String type() {
                    return "sample";
                }

                @Override
                public void open(Mount mount) {
                    this.mount = mount;
                    config = mount.collection("config", Config.class);
                    mount.leases("key", Key.class, this::revoke).issue("creds/{role}", Creds.class, this::draft);
                }

                private Draft<Key, Creds> draft(Request request) {
                    Key key = new Key(config.only().file(), request.name(40));
                    Lifetime life = request.lifetime(Duration.ofMinutes(30), Duration.ofHours(4));
                    return Draft.of(key, life, deadline ->
                            new Creds(key.name(), mount.password(32, Secret.LETTERS_AND_DIGITS)));
                }

                private void revoke(Key key, Deadline deadline) throws IOException {
                    Files.writeString(Path.of(key.file()), key.name() + "\\n",
                            StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                }
            }
            """;

    private SamplePlugin() {}

    /** Builds it. */
    static PluginPin build(Path folder) throws IOException {
        return JarBuilder.pin(
                new JarBuilder(folder).source("sample.SampleEngine", ENGINE).build("right.jar"));
    }

    /** Mounts it at {@code sample/}. */
    static void mount(RunningBroker broker, Path ended) throws IOException {
        broker.as("root", "POST", "sys/mounts/sample", "{\"type\":\"sample\"}");
        RunningBroker.Answer written =
                broker.as("root", "POST", "sample/config", json(Map.of("file", ended.toString())));
        if (written.status() != 204) {
            throw new AssertionError(written.text());
        }
    }

    /** Asks for a lease. */
    static RunningBroker.Answer issue(RunningBroker broker) throws IOException {
        RunningBroker.Answer issued = broker.as("root", "GET", "sample/creds/any", "");
        if (issued.status() != 200) {
            throw new AssertionError(issued.text());
        }
        return issued;
    }

    /** Its number, or 0 if it is gone. */
    static long number(RunningBroker broker, String leaseId) throws IOException {
        return broker.as("root", "PUT", "sys/leases/lookup", json(Map.of("lease_id", leaseId)))
                .body()
                .at("/data/number")
                .asLong();
    }

    /** An object as JSON. */
    static String json(Map<String, ?> object) {
        return JSON.valueToTree(object).toString();
    }
}
