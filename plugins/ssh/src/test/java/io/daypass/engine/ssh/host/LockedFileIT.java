package io.daypass.engine.ssh.host;

import static io.daypass.engine.ssh.host.SftpHost.line;
import static io.daypass.engine.ssh.host.SftpHost.soon;
import static io.daypass.engine.ssh.host.SftpHost.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.engine.ssh.Sshd;
import io.daypass.plugin.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file of a real sshd whose login runs commands. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LockedFileIT {
    private static final String SHORT = "20260102030405Z";
    private static final String OTHERS = "# somebody else's\n";

    @TempDir
    private static Path directory = Path.of("/");

    private Sshd server;
    private Path file;
    private LockedFile edited;

    // Begun before all tests.
    @SuppressWarnings("NullAway.Init")
    LockedFileIT() {}

    @BeforeAll
    void start() throws IOException, InterruptedException {
        server = Sshd.start(directory);
        file = directory.resolve("keys");
        edited = new LockedFile(SftpHost.of(server, file, false));
    }

    @BeforeEach
    void others() throws IOException {
        Files.writeString(file, OTHERS);
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void file_staysAsLongAsItHasToBe_howeverManyLinesComeAndGo() throws Exception {
        edited.append(line(SHORT, "d-stays"), soon());
        for (int i = 0; i < 6; i++) {
            String first = "d-first-" + i;
            String second = "d-second-" + i;
            edited.append(line(SHORT, first), soon());
            edited.append(line(SHORT, second), soon());
            assertTrue(text(file).lines().anyMatch(each -> each.stripLeading().equals(line(SHORT, first))), text(file));
            edited.blank(first, soon());
            edited.blank(second, soon());
        }
        List<String> left = text(file).lines().toList();
        assertEquals(4, left.size(), left.toString());
    }

    @Test
    void lineOfBlanks_thatIsTooShort_orNotOurs_isLeftAlone() throws Exception {
        String others = OTHERS + " ".repeat(300) + "\n\t   \n#" + " ".repeat(300) + "\n\t" + " ".repeat(300) + "\r\n";
        Files.writeString(file, others);
        edited.append(line(SHORT, "d-a"), soon());
        assertEquals(others + " " + line(SHORT, "d-a") + "\n", text(file));
    }

    @Test
    void line_inThePlaceOfALongerOne_isOverwrittenWholly() throws Exception {
        edited.append(line(SHORT, "d-quite-a-long-mark-" + "x".repeat(30)), soon());
        edited.blank("d-quite-a-long-mark-" + "x".repeat(30), soon());
        long size = Files.size(file);
        edited.append(line(SHORT, "d-a"), soon());
        assertEquals(size, Files.size(file));
        assertEquals(List.of("d-a"), edited.marks(soon()));
        assertEquals(line(SHORT, "d-a"), text(file).lines().toList().get(1).stripLeading());
        edited.blank("d-a", soon());
        assertEquals(OTHERS + "\t" + " ".repeat((int) size - OTHERS.length() - 2) + "\n", text(file));
    }

    @Test
    void line_isDisarmed_asOftenAsItIsAsked_andOthersWithItsKeyAreCounted() throws Exception {
        assertEquals(new LockedFile.Disarmed("", 0), edited.disarm("d-a", soon()), "there is none");
        edited.append(line(SHORT, "d-a"), soon());
        assertEquals(new LockedFile.Disarmed("AAAAC3Nz", 0), edited.disarm("d-a", soon()));
        assertEquals(OTHERS + "#" + line(SHORT, "d-a") + "\n", text(file));
        assertEquals(new LockedFile.Disarmed("AAAAC3Nz", 0), edited.disarm("d-a", soon()));
        Files.writeString(file, text(file) + "# ssh-ed25519 AAAAC3Nz mine\nssh-ed25519 AAAAC3Nz mine\r\n");
        edited.append(line(SHORT, "d-b"), soon());
        assertEquals(new LockedFile.Disarmed("AAAAC3Nz", 2), edited.disarm("d-a", soon()));
        edited.blank("d-a", soon());
        assertEquals(List.of("d-b"), edited.marks(soon()));
    }

    @Test
    void host_thatTalksWithoutEnd_isLeftAtTheDeadline() throws Exception {
        Host host = SftpHost.of(server, file, false);
        Instant before = Instant.now();
        for (String talk : List.of("yes", "while :; do echo; read -t 1 x; done", "sleep 60")) {
            assertThrows(Unavailable.class, () -> HostLogin.run(host, talk, SftpHost.in(Duration.ofSeconds(2))));
        }
        assertTrue(Instant.now().isBefore(before.plusSeconds(12)));
        assertEquals(
                "z",
                HostLogin.run(host, "yes | head -c 9000000; echo; echo begin=; echo z", soon())
                        .output());
    }
}
