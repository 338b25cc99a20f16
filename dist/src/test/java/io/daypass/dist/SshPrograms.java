package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** OpenSSH's programs as the system has them. One that is missing skips the test; with CI=true that is a failure. */
final class SshPrograms {
    private static final List<String> PLACES = List.of("/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin");
    private static final long LONGEST_SECONDS = 60;

    private SshPrograms() {}

    /** What a program said, both its output and its errors, and its exit status. */
    record Result(int status, String output) {
        boolean isGood() {
            return status == 0;
        }
    }

    /** Where a program is. Skips the test if it is nowhere. */
    static String find(String name) {
        for (String place : PLACES) {
            if (Files.isExecutable(Path.of(place, name))) {
                return place + "/" + name;
            }
        }
        String missing = "there is no " + name + " here";
        assertFalse("true".equals(System.getenv("CI")), missing);
        assumeTrue(false, missing);
        throw new AssertionError("unreachable");
    }

    /** Runs a program to its end. */
    static Result run(Path directory, String name, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(find(name)));
        command.addAll(arguments);
        Path output = Files.createTempFile(directory, name, ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().remove("SSH_AUTH_SOCK");
        Process process = builder.start();
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(name + " doesn't end");
        }
        Result result = new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        Files.delete(output);
        return result;
    }
}
