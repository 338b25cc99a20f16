package io.daypass.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0B",
        "512, 512, 512B",
        "512B, 512, 512B",
        "1024, 1024, 1KiB",
        "16KiB, 16384, 16KiB",
        "64MiB, 67108864, 64MiB",
        "1GiB, 1073741824, 1GiB",
        "1025, 1025, 1025B",
        "9223372036854775807, 9223372036854775807, 9223372036854775807B",
    })
    void parse_readsAndFormats(String text, long bytes, String shortest) {
        assertEquals(bytes, Sizes.parse(text));
        assertEquals(shortest, Sizes.format(bytes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-1",
                "1.5MiB",
                "64MB",
                "64M",
                "64 MiB",
                "64mib",
                "MiB",
                "NaN",
                "9223372036854775808",
                "8589934592GiB",
                "99999999999999999999999999999999"
            })
    void parse_refuses(String text) {
        assertThrows(IllegalArgumentException.class, () -> Sizes.parse(text));
    }

    @Test
    void format_ofNegative_refuses() {
        assertThrows(IllegalArgumentException.class, () -> Sizes.format(-1));
    }
}
