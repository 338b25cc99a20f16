package io.daypass.broker.seal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileIT {
    private final byte[] key = RawKey.random(new Random(3)).getEncoded();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "r--------"})
    void read_ofHexOrBase64_givesTheKey(String mode) throws IOException {
        Path hex = file("hex", HexFormat.of().formatHex(key) + "\n", mode);
        Path base64 = file("base64", Base64.getEncoder().encodeToString(key), mode);
        assertArrayEquals(key, KeyFile.read(hex));
        assertArrayEquals(key, KeyFile.read(base64));
    }

    @Test
    void read_ofNoFile_saysHowToMakeOne() {
        assertRefused(folder.resolve("missing"), "openssl rand -hex 32");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx------", "rw-rw-rw-"})
    void read_ofFileThatOthersCanUse_refuses(String mode) throws IOException {
        assertRefused(file("key", HexFormat.of().formatHex(key), mode), "chmod 600");
    }

    @Test
    void read_ofLinkOrFolder_refuses() throws IOException {
        Path real = file("key", HexFormat.of().formatHex(key), "rw-------");
        assertRefused(Files.createSymbolicLink(folder.resolve("link"), real), "symbolic link");
        Path directory = Files.createDirectory(folder.resolve("directory"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rw-------"));
        assertRefused(directory, "is not a file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "hello", "000000000000000000000000000000000000000000000000000000000000000"})
    void read_ofNoKey_refuses(String text) throws IOException {
        assertRefused(file("key", text, "rw-------"), "64 hexadecimal digits");
    }

    @Test
    void read_ofSomebodyElsesFile_refuses() throws IOException {
        Path file = file("key", HexFormat.of().formatHex(key), "rw-------");
        // Only root can give a file away.
        assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(file, "unix:uid")), "not root");
        Files.setAttribute(file, "unix:uid", 65_534);
        assertRefused(file, "belongs to uid 65534");
    }

    private Path file(String name, String text, String mode) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static void assertRefused(Path file, String because) {
        SealException refused = assertThrows(SealException.class, () -> KeyFile.read(file));
        assertTrue(String.valueOf(refused.getMessage()).contains(because), refused.getMessage());
    }
}
