package io.daypass.engine.ssh.host;

import static io.daypass.engine.ssh.host.SftpHost.line;
import static io.daypass.engine.ssh.host.SftpHost.soon;
import static io.daypass.engine.ssh.host.SftpHost.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.daypass.engine.ssh.Programs;
import io.daypass.engine.ssh.Sshd;
import io.daypass.plugin.Refused;
import io.daypass.plugin.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file of a real sshd that lets its logins have SFTP and nothing else. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SftpFileIT {
    private static final String MARK = "d-web-abc123";
    private static final String SHORT = "20260102030405Z";
    private static final String OTHERS = "# somebody else's\n";

    @TempDir
    private static Path directory = Path.of("/");

    private Sshd server;
    private Path file;
    private SftpFile edited;

    // Begun before all tests.
    @SuppressWarnings("NullAway.Init")
    SftpFileIT() {}

    @BeforeAll
    void start() throws IOException, InterruptedException {
        server = Sshd.start(directory, "Subsystem sftp internal-sftp", "ForceCommand internal-sftp -d " + directory);
        file = directory.resolve("keys");
        edited = new SftpFile(SftpHost.of(server, Path.of("keys"), true));
    }

    @BeforeEach
    void others() throws IOException {
        Files.deleteIfExists(file);
        lines(OTHERS);
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private void lines(String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    }

    private String refusal() {
        return String.valueOf(assertThrows(Refused.class, () -> edited.append(line(SHORT, MARK), soon()))
                .getMessage());
    }

    @Test
    void line_isAdded_lengthened_andOverwritten_andNoOtherByteChanges() throws Exception {
        for (String others :
                List.of("# one\r\n# two\r\n", "# no end", "", "# two\n\n\n", "# gr\u00fcn\n", "#\n\t     \n")) {
            lines(others);
            edited.append(line(SHORT, MARK), soon());
            assertEquals(others + "\n" + line(SHORT, MARK) + "\n", text(file));
            assertEquals(List.of(MARK), edited.marks(soon()));
            edited.lengthen(MARK, Instant.parse("2027-01-01T00:00:00.9Z"), soon());
            assertEquals(others + "\n" + line("20270101000000Z", MARK) + "\n", text(file));
            assertEquals(Instant.MIN, edited.blank(MARK, soon()));
            String blank = "#" + " ".repeat(line(SHORT, MARK).length() - 1);
            assertEquals(others + "\n" + blank + "\n", text(file));
            assertEquals(Instant.MIN, edited.blank(MARK, soon()), "once more");
            assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
    }

    @Test
    void line_thatIsGone_isNeverLengthened_norMade() throws Exception {
        edited.append(line(SHORT, MARK), soon());
        edited.blank(MARK, soon());
        String before = text(file);
        assertThrows(Refused.class, () -> edited.lengthen(MARK, Instant.now(), soon()));
        assertEquals(before, text(file));
    }

    @Test
    void everyLineWithTheMark_isOverwritten_andNoOther() throws Exception {
        String long32k = "x".repeat(70_000);
        lines("# before\n" + MARK + "\n# tail " + MARK + " : %s \r\n" + long32k + MARK + long32k + "\n# after " + MARK);
        long size = Files.size(file);
        edited.blank(MARK, soon());
        assertEquals(size, Files.size(file));
        assertFalse(text(file).contains(MARK));
        List<String> left = text(file).lines().toList();
        assertEquals("# before", left.get(0));
        assertTrue(text(file).contains("     \r\n"));
        assertTrue(left.stream().skip(1).allMatch(each -> each.matches("# *")), left.toString());
    }

    @Test
    void file_thatIsMissing_aLink_orNoPlainOne_isRefused_andNothingIsMade() throws Exception {
        Files.delete(file);
        assertTrue(refusal().contains("no such authorized_keys"));
        assertFalse(Files.exists(file));
        Path real = Files.writeString(directory.resolve("real"), OTHERS);
        Files.createSymbolicLink(file, real);
        assertTrue(refusal().contains("is a link"));
        assertEquals(OTHERS, text(real));
        assertThrows(IOException.class, () -> edited.blank(MARK, soon()), "what can't be seen isn't gone");
        Files.delete(file);
        Files.createDirectory(file);
        assertTrue(refusal().contains("no plain file"));
        Files.delete(file);
        Programs.run(directory, "mkfifo", file.toString()).good();
        assertTrue(refusal().contains("no plain file"));
        Files.delete(file);
        assumeTrue(Sshd.user().equals("root"), "only root can make a device");
        Programs.run(directory, "mknod", file.toString(), "c", "1", "5").good();
        assertTrue(refusal().contains("no plain file"), "/dev/zero");
    }

    @Test
    void file_ofSomebodyElse_isRefused() throws Exception {
        assumeTrue(Sshd.user().equals("root"), "only root can give a file away");
        Programs.run(directory, "chown", "nobody", file.toString()).good();
        assertTrue(refusal().contains("the same user"));
        assertEquals(OTHERS, text(file));
    }

    @Test
    void file_thatIsTooLong_isRefused_unread() throws Exception {
        try (var sparse = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
            sparse.position(1L << 40).write(java.nio.ByteBuffer.wrap(new byte[] {'\n'}));
        }
        assertTrue(refusal().contains("longer than 4 MiB"));
        assertThrows(IOException.class, () -> edited.blank(MARK, soon()));
    }

    @Test
    void brokersAndOthers_atOnce_loseNothing() throws Exception {
        ExecutorService brokers = Executors.newFixedThreadPool(4);
        List<Future<?>> all = new ArrayList<>();
        StringBuilder expected = new StringBuilder();
        try {
            for (int i = 0; i < 12; i++) {
                String mark = "d-at-once-" + (char) ('a' + i);
                boolean stays = i % 3 == 0;
                all.add(brokers.submit(() -> {
                    edited.append(line(SHORT, mark), soon());
                    edited.lengthen(mark, Instant.parse("2027-01-01T00:00:00Z"), soon());
                    if (!stays) {
                        edited.blank(mark, soon());
                    }
                    return mark;
                }));
                String other = "# other " + i + "\n";
                Files.writeString(file, other, StandardOpenOption.APPEND);
                expected.append(other);
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            brokers.shutdown();
        }
        List<String> left = text(file).lines().filter(each -> !each.isBlank()).toList();
        assertEquals(
                (OTHERS + expected).lines().toList(),
                left.stream().filter(each -> each.matches("# \\S.*")).toList());
        assertEquals(
                4,
                left.stream().filter(each -> each.contains("20270101000000Z")).count());
        assertEquals(8, left.stream().filter(each -> each.matches("#  +")).count());
        assertEquals(13 + 12, left.size());
    }

    @Test
    void login_isOverAtItsDeadline() {
        assertThrows(
                Unavailable.class, () -> edited.append(line(SHORT, MARK), SftpHost.in(java.time.Duration.ofMillis(5))));
    }
}
