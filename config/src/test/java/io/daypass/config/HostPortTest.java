package io.daypass.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8200, true",
        "127.1.2.3:0, true",
        "localhost:1, true",
        "[::1]:8200, true",
        "0.0.0.0:8200, false",
        "[::]:8200, false",
        "10.0.0.1:65535, false",
        "127.0.0.1.example.com:80, false",
        "localhost.example.com:80, false",
        "db-1.example.com:5432, false",
    })
    void parse_readsAndTellsLoopback(String text, boolean loopback) {
        HostPort address = HostPort.parse(text);
        assertEquals(text, address.toString());
        assertEquals(loopback, address.isLoopback());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":8200", "8200", "localhost", "a:", "a:-1", "a:65536", "a:1a", "::1:8200", "a b:1"})
    void parse_refuses(String text) {
        assertThrows(IllegalArgumentException.class, () -> HostPort.parse(text));
    }
}
