package io.daypass.broker.scratch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderIT {
    private static final String PREFIX = "daypass-x-";

    @TempDir
    private Path parent;

    @Test
    void make_leavesThoseOfThisProcessAndOfLivingOnes() throws Exception {
        try (TemporaryFolder own = TemporaryFolder.makeIn(parent, PREFIX)) {
            Process other = process();
            try {
                Path theirs = Path.of(other.inputReader().readLine());
                Path unlocked = Files.createDirectory(parent.resolve(PREFIX + "nolock"));
                TemporaryFolder.makeIn(parent, PREFIX).close();
                assertTrue(Files.exists(own.path()));
                assertTrue(Files.exists(theirs));
                assertTrue(Files.exists(unlocked), "it may be about to be locked");
                TemporaryFolder.makeIn(parent, PREFIX).close();
                assertTrue(Files.exists(theirs), "looking at it took its lock away");
            } finally {
                other.destroyForcibly();
            }
        }
    }

    @Test
    void make_clearsThoseOfTheDead() throws Exception {
        Process other = process();
        Path theirs = Path.of(other.inputReader().readLine());
        Files.writeString(Files.createDirectory(theirs.resolve("data")).resolve("left"), "x");
        other.destroyForcibly();
        assertTrue(other.waitFor(20, TimeUnit.SECONDS));
        assertTrue(Files.exists(theirs));
        TemporaryFolder.makeIn(parent, PREFIX).close();
        assertFalse(Files.exists(theirs));
    }

    @Test
    void make_followsNoLink() throws IOException {
        Path elsewhere = Files.createDirectory(parent.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("lock"), "");
        Files.createSymbolicLink(parent.resolve(PREFIX + "link"), elsewhere);
        Path folder = Files.createDirectory(parent.resolve(PREFIX + "dir"));
        Files.createSymbolicLink(folder.resolve("lock"), elsewhere.resolve("lock"));
        TemporaryFolder.makeIn(parent, PREFIX).close();
        assertTrue(Files.exists(elsewhere.resolve("lock")));
        assertTrue(Files.exists(folder));
    }

    @Test
    void close_leavesNothing() throws IOException {
        TemporaryFolder folder = TemporaryFolder.makeIn(parent, PREFIX);
        Files.writeString(folder.path().resolve("a"), "x");
        folder.close();
        try (var left = Files.list(parent)) {
            assertEquals(0, left.count());
        }
    }

    /** Another process with a folder of its own; it says where, and stays. */
    private Process process() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Staying.class.getName(),
                        parent.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Makes a folder, says where, and waits for the end of its input. */
    static final class Staying {
        private Staying() {}

        public static void main(String[] arguments) throws IOException {
            TemporaryFolder folder = TemporaryFolder.makeIn(Path.of(arguments[0]), PREFIX);
            System.out.println(folder.path());
            int end = System.in.read();
            assertEquals(-1, end);
        }
    }
}
