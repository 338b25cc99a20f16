package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.daypass.embedded.Await;
import io.daypass.embedded.Programs;
import io.daypass.embedded.SshServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** What becomes of the authorized_keys of a real sshd, whatever others do with it. */
final class SshHostFilesIT extends HostWithoutCa {
    @Test
    void line_endsByItself_whereTheBrokerIsGone() throws Exception {
        authorize(Map.of("ttl", "2s")).ok();
        broker.process().stop();
        Await.until(SOON, "sshd refuses it", () -> !logsIn());
        broker.process().start();
        Await.until(
                SOON,
                "the broker takes it away",
                () -> Files.readString(file).strip().equals("# of somebody else"));
    }

    @Test
    void file_withOtherLineEnds_orNoneAtItsEnd_isKept() throws Exception {
        for (String others : List.of("# one\r\n# two\r\n", "# no end", "", "# two\n\n\n", "# grün \u00e9\n")) {
            lines(others);
            Answer lease = authorize(Map.of()).ok();
            assertTrue(logsIn(), others);
            root.put("sys/leases/revoke", Map.of("lease_id", lease.leaseId())).ok();
            assertFalse(logsIn());
            String left = Files.readString(file);
            assertTrue(left.startsWith(others), left);
            assertTrue(left.substring(others.length()).isBlank(), left);
        }
    }

    @Test
    void line_whoseFileWasRewrittenWithOtherLineEnds_isTakenAway() throws Exception {
        Answer lease = authorize(Map.of()).ok();
        lines(Files.readString(file).replace("\n", "\r\n"));
        root.put("sys/leases/revoke", Map.of("lease_id", lease.leaseId())).ok();
        assertEquals("# of somebody else", Files.readString(file).strip());
    }

    @Test
    void file_thatIsALink_orMissing_isRefused_andNothingIsMade() throws Exception {
        Path real = directory.resolve("real");
        Files.writeString(real, "# real\n");
        Files.delete(file);
        Answer missing = authorize(Map.of());
        assertEquals(400, missing.status(), missing.toString());
        assertTrue(missing.errors().contains("no such authorized_keys"), missing.toString());
        assertFalse(Files.exists(file));
        Files.createSymbolicLink(file, real);
        Answer link = authorize(Map.of());
        assertEquals(400, link.status(), link.toString());
        assertTrue(link.errors().contains("is a link"), link.toString());
        assertEquals("# real\n", Files.readString(real));
        Files.delete(file);
    }

    @Test
    void file_thatIsReplacedByRename_whileALineIsPutThere_isNoticed_andNothingIsLeft() throws Exception {
        // Editors and ssh-copy-id write beside and rename: what is locked is then no longer what sshd reads.
        Answer late = whileReplaced(() -> authorize(Map.of()));
        assertEquals(502, late.status(), late.toString());
        assertTrue(late.errors().contains("replaced meanwhile"), late.toString());
        assertEquals("# of somebody else\n", Files.readString(file));
        assertTrue(authorize(Map.of()).isOk());
        assertTrue(logsIn());
    }

    @Test
    void file_thatIsReplacedByRename_whileALineIsTakenAway_isNoticed_andItIsTakenAwayThere() throws Exception {
        Answer lease = authorize(Map.of()).ok();
        whileReplaced(() -> root.put("sys/leases/revoke", Map.of("lease_id", lease.leaseId(), "sync", true)));
        Await.until(SOON, "it is gone", () -> Files.readString(file).strip().equals("# of somebody else"));
        assertFalse(logsIn());
    }

    /** Asks while the file is locked, replaces it by one of the same content, and unlocks the one that nobody reads now. */
    private Answer whileReplaced(Callable<Answer> asking) throws Exception {
        String inode = ":" + Files.getAttribute(file, "unix:ino") + " ";
        Process holder = new ProcessBuilder(Programs.found("flock"), file.toString(), "cat").start();
        try {
            Await.until(SOON, "it is locked", () -> locks(inode, "FLOCK"));
            FutureTask<Answer> asked = new FutureTask<>(asking);
            Thread thread = new Thread(asked, "asking");
            thread.start();
            Await.until(SOON, "the broker waits for the lock", () -> locks(inode, "-> FLOCK"));
            SshServer.replace(file, Files.readAllBytes(file));
            holder.outputWriter().close();
            return asked.get();
        } finally {
            holder.destroy();
        }
    }

    private static boolean locks(String inode, String sort) throws IOException {
        return Files.readAllLines(Path.of("/proc/locks")).stream()
                .anyMatch(line -> line.contains(sort) && line.contains(inode));
    }

    @Test
    void line_whoseMarkOthersWroteToo_isTakenAway_andNothingElse() throws Exception {
        Answer lease = authorize(Map.of()).ok();
        String all = Files.readString(file);
        String mark = all.strip().substring(all.strip().lastIndexOf(' ') + 1);
        String forged = "# before\n" + mark + "\n" + all + "# tail " + mark + " \\ : %s \r\n" + mark + ":\n# after\n";
        lines(forged);
        root.put("sys/leases/revoke", Map.of("lease_id", lease.leaseId(), "sync", true))
                .ok();
        assertFalse(logsIn());
        List<String> left = Files.readString(file)
                .lines()
                .map(String::strip)
                .filter(line -> line.length() > 1)
                .toList();
        assertEquals(List.of("# before", "# of somebody else", "# after"), left);
        assertEquals(forged.length(), Files.size(file));
    }

    @Test
    void file_thatIsNoPlainOne_isRefused() throws Exception {
        Files.delete(file);
        Files.createDirectory(file);
        assertTrue(authorize(Map.of()).errors().contains("no plain file"), "a folder");
        Files.delete(file);
        SshPrograms.run(directory, "mkfifo", List.of(file.toString()));
        assertTrue(authorize(Map.of()).errors().contains("no plain file"), "a pipe");
        Files.delete(file);
    }

    @Test
    void file_ofSomebodyElse_isRefused() throws Exception {
        assumeTrue(SshServer.user().equals("root"), "only root can give a file away");
        UserPrincipal nobody =
                file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        Files.setOwner(file, nobody);
        Answer refused = authorize(Map.of());
        assertEquals(400, refused.status(), refused.toString());
        assertTrue(refused.errors().contains("belongs to somebody else"), refused.toString());
    }

    @Test
    void file_thatOthersAppendTo_losesNothing() throws Exception {
        List<CompletableFuture<Answer>> leases = new ArrayList<>();
        StringBuilder expected = new StringBuilder("# of somebody else\n");
        for (int i = 0; i < 12; i++) {
            leases.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return authorize(Map.of()).ok();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
            String line = "# other " + i + "\n";
            Files.writeString(file, line, StandardOpenOption.APPEND);
            expected.append(line);
        }
        List<Answer> answers = leases.stream().map(CompletableFuture::join).toList();
        assertTrue(logsIn());
        for (int i = 0; i < answers.size(); i++) {
            String line = "# later " + i + "\n";
            Files.writeString(file, line, StandardOpenOption.APPEND);
            expected.append(line);
            root.put("sys/leases/revoke", Map.of("lease_id", answers.get(i).leaseId()))
                    .ok();
        }
        assertFalse(logsIn());
        List<String> left = Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank())
                .toList();
        assertEquals(List.of(expected.toString().split("\n", -1)).subList(0, left.size()), left);
        assertEquals(25, left.size());
    }
}
