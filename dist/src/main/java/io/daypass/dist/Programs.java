package io.daypass.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Programs as the system has them. */
final class Programs {
    private static final List<String> PLACES = List.of("/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin");
    private static final long LONGEST_SECONDS = 60;

    private Programs() {}

    /** What a program said, both its output and its errors, and its exit status. */
    record Result(int status, String output) {
        boolean isGood() {
            return status == 0;
        }
    }

    /** Where a program is. */
    static Optional<String> find(String name) {
        return PLACES.stream()
                .map(place -> Path.of(place, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    /** Where a program is that has to be there. */
    static String found(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException("there is no " + name + " here"));
    }

    /** Runs a program to its end, without input and without an SSH agent. */
    static Result run(Path directory, String name, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(found(name)));
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
            throw new IllegalStateException(name + " doesn't end");
        }
        Result result = new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        Files.delete(output);
        return result;
    }
}
