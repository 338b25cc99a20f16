package io.daypass.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

class DurationsFuzzTest {
    @FuzzTest(maxDuration = "20s")
    void parse_givesDurationOrSaysWhyNot(byte[] data) {
        Duration read;
        try {
            read = Durations.parse(new String(data, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException refused) {
            return;
        }
        assertEquals(read, Durations.parse(Durations.format(read)));
    }
}
