package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.cli.SignalsHeard;
import io.daypass.embedded.Await;
import io.daypass.embedded.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code daypass demo}, as its users start it. */
final class DemoIT {
    @TempDir
    Path directory;

    @Test
    void demo_holds_andLeavesNothing() throws Exception {
        Process demo = start();
        assertTrue(demo.waitFor(90, TimeUnit.SECONDS), this::output);
        assertEquals(0, demo.exitValue(), this::output);
        assertFalse(output().contains("✘"), this::output);
        assertFalse(output().contains("\u001B"), "no colour where there is no terminal");
        assertTrue(output().contains("to be sure"), this::output);
        boolean hasSshd = Stream.of("sshd", "ssh", "ssh-keygen")
                .allMatch(name -> Programs.find(name).isPresent());
        for (String told : List.of(
                hasSshd
                        ? "it is revoked; sshd reads the new list at the next login, and refuses"
                        : "left out, since there is no",
                "POST /v1/hmac/rotate/web: from now on",
                "the session of before is still good")) {
            assertTrue(output().contains(told), () -> told + " in " + output());
        }
        assertLeftNothing();
    }

    @Test
    void ctrlC_clearsUp() throws Exception {
        Process demo = start();
        Await.until(Duration.ofSeconds(60), this::output, () -> output().contains("the broker is up"));
        // What a shell starts in the background ignores INT; TERM ends it the same way.
        boolean heard = !SignalsHeard.among("INT").isEmpty();
        new ProcessBuilder("kill", heard ? "-INT" : "-TERM", String.valueOf(demo.pid()))
                .start()
                .waitFor();
        assertTrue(demo.waitFor(30, TimeUnit.SECONDS), this::output);
        assertEquals(heard ? 130 : 143, demo.exitValue(), this::output);
        assertLeftNothing();
    }

    private Process start() throws IOException {
        Path home = Assembly.installation().home();
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-Ddaypass.home=" + home,
                "-Djava.io.tmpdir=" + Files.createDirectories(directory.resolve("tmp")),
                "-cp",
                home.resolve("lib") + "/*:" + home.resolve("demo") + "/*",
                "io.daypass.dist.Demo");
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("demo.log").toFile())
                .start();
    }

    private void assertLeftNothing() throws IOException {
        try (Stream<Path> left = Files.list(directory.resolve("tmp"))) {
            assertEquals(List.of(), left.toList());
        }
        assertEquals(
                List.of(),
                ProcessHandle.allProcesses()
                        .map(process -> process.info().commandLine().orElse(""))
                        .filter(line -> line.contains(directory.toString()))
                        .toList());
    }

    private String output() {
        try {
            return Files.readString(directory.resolve("demo.log"));
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
