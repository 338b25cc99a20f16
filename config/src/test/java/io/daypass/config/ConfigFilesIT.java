package io.daypass.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFilesIT {
    private static final Path PAGE = Path.of("../docs/reference/configuration.md");

    @TempDir
    private Path folder;

    /** With {@code -Ddocs.write} the page is written instead. */
    @Test
    void referencePage_isWhatTheRecordsSay() throws IOException {
        String page = ReferencePage.of(ServerConfig.class);
        if (System.getProperty("docs.write") != null) {
            Files.writeString(PAGE, page);
        }
        assertEquals(page, Files.readString(PAGE), "run ./mvnw -pl config verify -Ddocs.write");
    }

    @Test
    void singleYaml_isReadWithTls() {
        ServerConfig config = ConfigReader.read(Path.of("examples/single.yaml"), Map.of());
        assertTrue(config.listen().tls().isPresent());
        assertEquals(SealType.SHAMIR, config.seal().type());
        assertTrue(config.audit().path().isPresent());
    }

    @Test
    void devYaml_isReadForThisMachineAlone() {
        ServerConfig config = ConfigReader.read(Path.of("examples/dev.yaml"), Map.of());
        assertTrue(config.listen().address().isLoopback());
        assertEquals(SealType.FILE, config.seal().type());
    }

    @Test
    void read_putsFilesIntoValues() throws IOException {
        Path name = Files.writeString(folder.resolve("name"), "from a file: ${X}\n");
        Path file = Files.writeString(
                folder.resolve("server.yaml"),
                "storage: {path: d}\nseal: {type: memory}\naudit: {file: none}\ncluster_name: <${file:" + name
                        + "}>\n");
        assertEquals(
                "<from a file: ${X}>",
                ConfigReader.read(file, Map.of("X", "no")).clusterName());
    }

    @Test
    void read_ofNoFile_saysSo() throws IOException {
        ConfigException missing =
                assertThrows(ConfigException.class, () -> ConfigReader.read(folder.resolve("missing.yaml"), Map.of()));
        assertTrue(String.valueOf(missing.getMessage()).contains("no such file"));
        Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe});
        ConfigException unreadable = assertThrows(ConfigException.class, () -> ConfigReader.read(binary, Map.of()));
        assertTrue(String.valueOf(unreadable.getMessage()).contains("not UTF-8"));
    }
}
