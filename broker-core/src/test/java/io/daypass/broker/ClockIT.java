package io.daypass.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.config.PluginPin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The clock jumps an hour under a broker that serves. */
@Timeout(120)
class ClockIT {
    private static final Duration HOUR = Duration.ofHours(1);

    private final AtomicReference<Duration> off = new AtomicReference<>(Duration.ZERO);
    private final Path folder;
    private final Path ended;

    ClockIT(@TempDir Path folder) {
        this.folder = folder;
        this.ended = folder.resolve("ended");
    }

    private RunningBroker start() throws IOException {
        List<PluginPin> pins = List.of(SamplePlugin.build(folder));
        InstantSource clock = () -> InstantSource.system().instant().plus(off.get());
        RunningBroker broker = RunningBroker.start(folder, dev -> RunningBroker.plugins(dev, pins), clock);
        SamplePlugin.mount(broker, ended);
        return broker;
    }

    @Test
    void forward_isBelieved_whatIsPastItsEndEndsOnce() throws IOException {
        try (RunningBroker broker = start()) {
            RunningBroker.Answer issued = SamplePlugin.issue(broker);
            String id = issued.body().path("lease_id").asText();
            String token = broker.token("{\"ttl\":\"30m\"}");
            off.set(HOUR);
            assertEquals(
                    403, broker.as(token, "GET", "auth/token/lookup-self", "").status());
            // Whoever asks may come before the one timer has noticed that the time it waits for is long past.
            while (SamplePlugin.number(broker, id) > 0) {
                Thread.onSpinWait();
            }
            off.set(Duration.ZERO);
            assertEquals(
                    403, broker.as(token, "GET", "auth/token/lookup-self", "").status());
            SamplePlugin.issue(broker);
            assertEquals(List.of(issued.body().at("/data/name").asText()), Files.readAllLines(ended));
        }
    }

    @Test
    void back_stopsTime_nothingIsLost_andNothingEndsEarly() throws IOException {
        try (RunningBroker broker = start()) {
            String before = SamplePlugin.issue(broker).body().path("lease_id").asText();
            off.set(HOUR.negated());
            RunningBroker.Answer after = SamplePlugin.issue(broker);
            assertTrue(after.body().path("lease_duration").asLong()
                    <= Duration.ofMinutes(30).toSeconds());
            assertTrue(after.body().path("lease_duration").asLong()
                    > Duration.ofMinutes(29).toSeconds());
            assertTrue(SamplePlugin.number(broker, before) > 0);
            String renew = SamplePlugin.json(Map.of("lease_id", before));
            assertEquals(
                    200, broker.as("root", "PUT", "sys/leases/renew", renew).status());
            assertTrue(Files.notExists(ended));
            off.set(Duration.ZERO);
            assertTrue(SamplePlugin.number(broker, before) > 0);
        }
    }
}
