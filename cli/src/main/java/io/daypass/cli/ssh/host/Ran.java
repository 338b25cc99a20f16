package io.daypass.cli.ssh.host;

import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * What came of a program that was run to its end, with nothing on its standard input.
 *
 * @param status what it ended with
 * @param said what it wrote, output and errors
 */
record Ran(int status, String said) {
    /**
     * Runs one.
     *
     * @throws Failure if it can't be started
     */
    static Ran of(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile());
        try {
            Process process = builder.start();
            try (InputStream out = process.getInputStream()) {
                String said = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
                return new Ran(process.onExit().join().exitValue(), said);
            }
        } catch (IOException absent) {
            throw Failure.because(absent, Exit.LOCAL, "can't run " + command.get(0), "look at PATH");
        }
    }

    /** Runs a line of a shell's. */
    static Ran shell(String line) {
        return of(List.of("/bin/sh", "-c", line));
    }

    /** Whether it went well. */
    boolean isGood() {
        return status == 0;
    }

    /** What it said, for the end of a sentence. */
    String reason() {
        return said.isEmpty() ? "it ended with " + status : said;
    }
}
