package io.daypass.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.cli.http.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvLinesTest {
    @Test
    void of_namesWhatLiesWithin() throws IOException {
        String data = "{\"a-b\":\"x\",\"c\":{\"d\":1,\"e\":[1,2]},\"f\":null,\"9\":true}";
        assertEquals(
                Map.of("A_B", "x", "C_D", "1", "C_E", "[1,2]", "_9", "true"),
                EnvLines.of(Json.read(data.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void line_quotesWhole() {
        assertEquals("export A='it'\\''s $(x) `y`\n'", EnvLines.line("A", "it's $(x) `y`\n"));
    }

    @Test
    void isActedOn_knowsWhatShellsAndLoadersTake() {
        assertTrue(EnvLines.isActedOn("PATH"));
        assertTrue(EnvLines.isActedOn("LD_PRELOAD"));
        assertTrue(EnvLines.isActedOn("DAYPASS_ADDR"));
        assertFalse(EnvLines.isActedOn("USERNAME"));
    }
}
