package io.daypass.engine.ssh.host;

import static io.daypass.engine.ssh.host.SftpHost.line;
import static io.daypass.engine.ssh.host.SftpHost.soon;
import static io.daypass.engine.ssh.host.SftpHost.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.daypass.engine.ssh.Sshd;
import io.daypass.plugin.Refused;
import io.daypass.plugin.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host whose SFTP server is a script of the test: one that lies, or one that lets others edit at the worst moment. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SftpLiarsIT {
    private static final Path REAL = Path.of("/usr/lib/openssh/sftp-server");
    private static final String MARK = "d-web-abc123";
    private static final String SHORT = "20260102030405Z";
    private static final String OTHERS = "# somebody else's\n";
    /** The lengths of packets on the wire, for a file called {@code keys} and handles of 4 bytes. */
    private static final int INIT = 9;

    private static final int LSTAT = 4 + 1 + 4 + 4 + 4;
    private static final int STAT = 4 + 1 + 4 + 4 + 1;
    private static final int OPEN = LSTAT + 8;
    private static final int FSTAT = LSTAT;
    private static final int READ = LSTAT + 12;
    private static final int OPENED = INIT + LSTAT + STAT + OPEN + FSTAT + LSTAT;

    @TempDir
    private static Path directory = Path.of("/");

    private Sshd server;
    private Path file;
    private Path script;
    private SftpFile edited;

    // Begun before all tests.
    @SuppressWarnings("NullAway.Init")
    SftpLiarsIT() {}

    @BeforeAll
    void start() throws IOException, InterruptedException {
        script = directory.resolve("server");
        server = Sshd.start(directory, "Subsystem sftp cd " + directory + "; . " + script);
        file = directory.resolve("keys");
        edited = new SftpFile(SftpHost.of(server, Path.of("keys"), true));
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

    /** Once so many bytes of requests have been served, something else happens to the file before the next is. */
    private void meanwhile(int bytes, String what) throws IOException {
        assumeTrue(Files.isExecutable(REAL), "there is no " + REAL + " here");
        Files.writeString(
                script,
                "if [ -e once ]; then rm once; { dd bs=1 count=" + bytes + " 2>/dev/null; " + what + "; cat; } | "
                        + REAL + "; else " + REAL + "; fi\n");
        Files.writeString(directory.resolve("once"), "");
    }

    @Test
    void file_thatIsReplaced_beforeALineIsAdded_isNoticed() throws Exception {
        meanwhile(OPENED, "cp -p keys new; mv new keys");
        Unavailable noticed = assertThrows(Unavailable.class, () -> edited.append(line(SHORT, MARK), soon()));
        assertTrue(String.valueOf(noticed.getMessage()).contains("replaced meanwhile"), noticed.toString());
        assertEquals(OTHERS, text(file));
        edited.append(line(SHORT, MARK), soon());
        assertEquals(OTHERS + "\n" + line(SHORT, MARK) + "\n", text(file));
    }

    @Test
    void file_thatIsReplaced_beforeALineIsTakenAway_hasItTakenAwayThere() throws Exception {
        meanwhile(0, "true");
        edited.append(line(SHORT, MARK), soon());
        meanwhile(OPENED + 2 * READ, "{ echo '# first'; cat keys; } >new; mv new keys");
        edited.blank(MARK, soon());
        String blank = "#" + " ".repeat(line(SHORT, MARK).length() - 1);
        assertEquals("# first\n" + OTHERS + "\n" + blank + "\n", text(file));
    }

    @Test
    void file_thatIsWrittenAnewInPlace_hasNoOtherByteOverwritten() throws Exception {
        meanwhile(0, "true");
        edited.append(line(SHORT, MARK), soon());
        meanwhile(OPENED + 2 * READ, "{ echo '# first'; cat keys; } >new; cat new >keys");
        edited.blank(MARK, soon());
        String blank = "#" + " ".repeat(line(SHORT, MARK).length() - 1);
        assertEquals("# first\n" + OTHERS + "\n" + blank + "\n", text(file));
        edited.append(line(SHORT, MARK), soon());
        String before = text(file);
        meanwhile(OPENED + 2 * READ, "{ echo '# zero'; cat keys; } >new; cat new >keys");
        assertThrows(Unavailable.class, () -> edited.lengthen(MARK, Instant.now(), soon()));
        assertEquals("# zero\n" + before, text(file));
    }

    @Test
    void line_thatIsTakenAway_whileItIsLengthened_staysGone() throws Exception {
        meanwhile(0, "true");
        edited.append(line(SHORT, MARK), soon());
        meanwhile(OPENED + 3 * READ, "sed 's/^restrict.*/#/' keys | cat >new; cat new >keys");
        assertThrows(Refused.class, () -> edited.lengthen(MARK, Instant.now(), soon()));
        assertTrue(text(file).lines().noneMatch(each -> each.contains("ssh-")), text(file));
    }

    @Test
    void server_thatLies_endsWithTheDeadline_andIsNeverBelieved() throws Exception {
        Map<String, String> liars = Map.of(
                "endless", "exec cat /dev/zero\n",
                "echo", "exec cat\n",
                "mute", "exec sleep 60\n",
                "gone", "exit 0\n",
                "greets", "echo Welcome, stranger; exec " + REAL + "\n",
                "trickles", "while :; do printf '\\\\0'; read -t 1 x; done 2>/dev/null\n",
                "longest", "printf '\\\\177\\\\377\\\\377\\\\377'; exec cat /dev/zero\n",
                "noise", "exec cat /dev/urandom\n");
        for (Map.Entry<String, String> liar : liars.entrySet()) {
            Files.writeString(script, liar.getValue());
            Instant before = Instant.now();
            for (String each : List.of("append", "blank")) {
                assertThrows(
                        Unavailable.class,
                        () -> {
                            if (each.equals("append")) {
                                edited.append(line(SHORT, MARK), SftpHost.in(Duration.ofSeconds(3)));
                            } else {
                                edited.blank(MARK, SftpHost.in(Duration.ofSeconds(3)));
                            }
                        },
                        liar.getKey());
            }
            assertTrue(Instant.now().isBefore(before.plusSeconds(9)), liar.getKey());
        }
        assertEquals(OTHERS, text(file));
    }
}
