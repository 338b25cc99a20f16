package io.daypass.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "0s, PT0S",
        "3600, PT1H",
        "3600s, PT1H",
        "1h30m, PT1H30M",
        "1.5h, PT1H30M",
        "30m1h, PT1H30M",
        "1h0m0s, PT1H",
        "768h, PT768H",
        "7d, PT168H",
        "1500ms, PT1.5S",
        "100us, PT0.0001S",
        "100µs, PT0.0001S",
        "100μs, PT0.0001S",
        "1ns, PT0.000000001S",
        "0.1ns, PT0S",
        "1.000000001s, PT1.000000001S",
        "9223372036, PT9223372036S",
        "0000000000000000000000000000000000001s, PT1S",
    })
    void parse_reads(String text, Duration expected) {
        assertEquals(expected, Durations.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "'', empty",
        "-1, negative",
        "-1h, negative",
        "+1h, character 1",
        "1h -30m, character 3",
        "1h 30m, character 3",
        "' 1h', character 1",
        "'1h ', character 3",
        "1.5, lacks a unit at character 4",
        "1h30, lacks a unit at character 5",
        "1.h, lacks a unit at character 2",
        ".5h, character 1",
        "1y, unknown unit at character 2",
        "1H, lacks a unit",
        "1hm, unknown unit",
        "1h1h, twice",
        "1us1µs, twice",
        "1e3s, unknown unit",
        "0x10, unknown unit",
        "NaN, character 1",
        "Infinity, character 1",
        "abc, character 1",
        "'1,5h', lacks a unit at character 2",
        "1_000, lacks a unit",
        "9223372037, 292 years",
        "106752d, 292 years",
        "99999999999999999999999999999h, 292 years",
        "1h９s, character 3",
    })
    void parse_refuses(String text, String because) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> Durations.parse(text));
        assertTrue(String.valueOf(refused.getMessage()).contains(because), refused.getMessage());
    }

    @Test
    void parse_ofAnythingLong_refuses() {
        assertThrows(IllegalArgumentException.class, () -> Durations.parse("1".repeat(65)));
    }

    @Test
    void parse_refusing_doesNotRepeatTheValue() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> Durations.parse("hunter2"));
        assertFalse(String.valueOf(refused.getMessage()).contains("hunter2"));
    }

    @Test
    void ofSeconds_bounds() {
        assertEquals(Duration.ofHours(1), Durations.ofSeconds(3600));
        assertThrows(IllegalArgumentException.class, () -> Durations.ofSeconds(-1));
        assertThrows(IllegalArgumentException.class, () -> Durations.ofSeconds(Long.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "1h30m", "768h", "1m1s", "2s500ms", "1us", "1ns", "1h1m1s1ms1us1ns"})
    void format_isWhatWasRead(String text) {
        assertEquals(text, Durations.format(Durations.parse(text)));
    }

    @Test
    void format_ofNegative_refuses() {
        assertThrows(IllegalArgumentException.class, () -> Durations.format(Duration.ofSeconds(-1)));
    }

    @Test
    void format_parsesBack() {
        long seed = 20261124;
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            Duration duration = Duration.ofNanos(random.nextLong() >>> random.nextInt(1, 64));
            assertEquals(duration, Durations.parse(Durations.format(duration)), () -> "seed " + seed);
        }
        assertEquals(Durations.MAX, Durations.parse(Durations.format(Durations.MAX)));
    }
}
