package io.daypass.cli.ssh.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.cli.shell.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncludeLineIT {
    @TempDir
    private Path home = Path.of("/");

    private Path folder = home;
    private Path config = home;
    private IncludeLine include = line();

    private IncludeLine line() {
        return new IncludeLine(config, home.resolve("included"));
    }

    @BeforeEach
    void folder() {
        folder = home.resolve(".ssh");
        config = folder.resolve("config");
        include = line();
    }

    @Test
    void file_thatIsNotThere_comesAndGoes() throws IOException {
        include.check();
        Files.createDirectory(folder);
        include.check();
        assertTrue(include.add("rw-------"));
        include.remove(true);
        assertFalse(Files.exists(config));
    }

    @Test
    void link_thatLeadsNowhere_isRefused_andStays() throws IOException {
        Files.createDirectory(folder);
        Files.createSymbolicLink(config, home.resolve("nowhere"));
        assertThrows(Failure.class, include::check);
        assertThrows(Failure.class, () -> include.add("rw-------"));
        include.remove(true);
        assertTrue(Files.isSymbolicLink(config));
    }

    @Test
    void link_thatLeadsSomewhere_isFollowed_andStays() throws IOException {
        Files.createDirectory(folder);
        Path real = Files.writeString(home.resolve("real"), "Host x\r\n  User y");
        Files.createSymbolicLink(config, real);
        include.check();
        include.add("rw-------");
        assertTrue(Files.readString(real).startsWith("Include "));
        include.remove(false);
        assertEquals("Host x\r\n  User y", Files.readString(real));
        assertTrue(Files.isSymbolicLink(config));
    }

    @Test
    void whatIsNoPlainFile_isRefused_andHoldsNothingUp() throws IOException {
        Files.createDirectories(config);
        assertThrows(Failure.class, include::check);
        include.remove(true);
        assertTrue(Files.isDirectory(config));
        Files.delete(config);
        Files.delete(folder);
        Files.createFile(folder);
        assertThrows(Failure.class, include::check);
        Files.delete(folder);
        Files.createSymbolicLink(folder, home.resolve("nowhere"));
        assertThrows(Failure.class, include::check);
    }
}
