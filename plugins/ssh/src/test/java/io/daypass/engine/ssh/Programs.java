package io.daypass.engine.ssh;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of the system that our results are held against. One that is missing skips the test; with CI=true that is a failure. */
public final class Programs {
    private static final List<String> PLACES = Stream.concat(
                    Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/local/sbin"))
            .toList();

    /** What a program said, and its exit status. */
    public record Result(int status, String output) {
        /** Its output, if it ended well. */
        public String good() {
            assertTrue(status == 0, () -> "exit status " + status + ": " + output);
            return output;
        }
    }

    private Programs() {}

    /** Where a program is. Skips the test if it is nowhere. */
    public static Path find(String name) {
        for (String place : PLACES) {
            Path program = Path.of(place, name);
            if (Files.isExecutable(program)) {
                return program;
            }
        }
        String missing = "there is no " + name + " here";
        assertTrue(!"true".equals(System.getenv("CI")), missing);
        assumeTrue(false, missing);
        throw new AssertionError("unreachable");
    }

    /** Runs a program to its end, output and errors together. */
    public static Result run(Path directory, String name, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = Stream.concat(Stream.of(find(name).toString()), Stream.of(arguments))
                .toList();
        Path output = Files.createTempFile(directory, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(name + " doesn't end");
        }
        Result result = new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        Files.delete(output);
        return result;
    }
}
