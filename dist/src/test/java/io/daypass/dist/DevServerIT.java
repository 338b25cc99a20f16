package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code server --dev}: what it leaves for the command line, and what it leaves behind. */
class DevServerIT {
    @TempDir
    private Path directory;

    private Path temporary;
    private URI address;

    @BeforeEach
    void choose() throws IOException {
        temporary = Files.createDirectory(directory.resolve("tmp"));
        address = URI.create("http://127.0.0.1:" + BrokerProcess.freePort());
    }

    @Test
    void context_isThereWhileItRuns() throws IOException {
        Path context = temporary.resolve("daypass/contexts/dev.json");
        try (BrokerProcess server = server().start()) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(context)));
            assertTrue(Files.readString(context).contains(address.toString()));
            server.stop();
        }
        assertFalse(Files.exists(context));
        assertEquals(List.of(), folders());
    }

    @Test
    void context_thatCannotBeWritten_isDoneWithout() throws IOException {
        Files.writeString(temporary.resolve("daypass"), "in the way");
        try (BrokerProcess server = server().start()) {
            assertTrue(server.log().contains("export DAYPASS_ADDR and DAYPASS_TOKEN"), server.log());
            assertEquals(143, server.stop());
        }
        assertEquals(List.of(), folders());
    }

    @Test
    void foldersOfAKilledOne_areClearedByTheNext() throws IOException {
        try (BrokerProcess server = server().start()) {
            server.kill();
            List<Path> left = folders();
            assertEquals(2, left.size(), left::toString);
            server.start();
            assertEquals(List.of(), left.stream().filter(Files::exists).toList());
        }
        assertEquals(List.of(), folders());
    }

    private BrokerProcess server() {
        return new BrokerProcess(
                Assembly.installation(),
                directory,
                Api.at(address),
                List.of("--dev", "--dev-listen-address=" + address.getAuthority()));
    }

    private List<Path> folders() throws IOException {
        try (Stream<Path> all = Files.list(temporary)) {
            return all.filter(each -> String.valueOf(each.getFileName()).matches("daypass-(dev|plugins)-.*"))
                    .toList();
        }
    }
}
