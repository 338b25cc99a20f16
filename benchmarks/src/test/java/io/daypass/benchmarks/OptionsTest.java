package io.daypass.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OptionsTest {
    private static final Map<String, String> PLACES =
            Map.of("benchmarks.home", "h", "benchmarks.plugin", "p.jar", "benchmarks.results", "r");

    @Test
    void of_takesFlagsAndNames() {
        Options options = Options.of(List.of("--quick", "b"), Set.of("a", "b"), PLACES::get);
        assertTrue(options.quick());
        assertEquals(Set.of("b"), options.scenarios());
        assertEquals(Path.of("p.jar"), options.plugin());
    }

    @Test
    void of_anUnknownName_saysWhichThereAre() {
        IllegalArgumentException wrong =
                assertThrows(IllegalArgumentException.class, () -> Options.of(List.of("c"), Set.of("a"), PLACES::get));
        assertEquals("\"c\" is no scenario; there are a", String.valueOf(wrong.getMessage()));
    }
}
