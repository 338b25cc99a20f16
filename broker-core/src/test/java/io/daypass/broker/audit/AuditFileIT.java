package io.daypass.broker.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFileIT {
    @TempDir
    private Path folder;

    private Path path = Path.of("");

    @BeforeEach
    void name() {
        path = folder.resolve("audit.log");
    }

    @Test
    void open_makesAFileForUsAlone() throws IOException {
        AuditFile.open(path).close();
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    }

    @Test
    void append_addsToWhatIsThere() throws IOException {
        Files.writeString(path, "old\n");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));
        try (AuditFile file = AuditFile.open(path)) {
            file.append(line("a"));
            file.append(line("b"));
        }
        assertEquals("old\na\nb\n", Files.readString(path));
    }

    @Test
    void append_afterRename_beginsANewFile() throws IOException {
        try (AuditFile file = AuditFile.open(path)) {
            file.append(line("a"));
            Path rotated = Files.move(path, folder.resolve("audit.log.1"));
            file.append(line("b"));
            assertEquals("a\n", Files.readString(rotated));
            assertEquals("b\n", Files.readString(path));
            Files.delete(path);
            file.append(line("c"));
            assertEquals("c\n", Files.readString(path));
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        }
    }

    @Test
    void append_whereNameIsALinkNow_fails() throws IOException {
        try (AuditFile file = AuditFile.open(path)) {
            Files.delete(path);
            Files.createSymbolicLink(path, folder.resolve("elsewhere"));
            assertThrows(IOException.class, () -> file.append(line("a")));
            Files.delete(path);
            file.append(line("b"));
            assertEquals("b\n", Files.readString(path));
        }
    }

    @Test
    void open_ofWhatIsNoFileOfOurs_refuses() throws IOException {
        Path target = Files.writeString(folder.resolve("target"), "");
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);
        assertRefused(link, "a link");
        assertRefused(folder, "a link, a folder");
        assertRefused(Path.of("/dev/full"), "a device");
        assertRefused(folder.resolve("no/such/folder"), "no such folder");
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-rw----"));
        assertRefused(target, "chmod 600");
    }

    private static void assertRefused(Path path, String because) {
        AuditException refused = assertThrows(AuditException.class, () -> AuditFile.open(path));
        assertTrue(String.valueOf(refused.getMessage()).contains(because), refused.getMessage());
    }

    private static ByteBuffer line(String text) {
        return ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
