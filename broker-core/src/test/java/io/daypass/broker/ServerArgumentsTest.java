package io.daypass.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerArgumentsTest {
    @Test
    void plugin_inDevelopment_isAnyNumberOfFolders() {
        List<String> words = List.of("server", "--dev", "--plugin", "one/target", "-plugin=two/target/classes");
        assertEquals(
                List.of(Path.of("one", "target"), Path.of("two", "target", "classes")),
                ServerArguments.of(words).builds());
    }

    @Test
    void plugin_withAConfiguration_isRefused_sayingWhereItGoes() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> ServerArguments.of(List.of("-config", "daypass.yaml", "-plugin", "target")));
        assertTrue(String.valueOf(refused.getMessage()).contains("SHA-256 in the configuration, under plugins"));
    }

    @Test
    void plugin_withoutAFolder_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> ServerArguments.of(List.of("--dev", "--plugin")));
    }
}
