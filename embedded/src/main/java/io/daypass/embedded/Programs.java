package io.daypass.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs as the system has them. */
public final class Programs {
    private static final String ELSEWHERE = "/usr/bin:/usr/sbin:/usr/local/bin:/usr/local/sbin";
    private static final long LONGEST_SECONDS = 60;

    private Programs() {}

    /** What a program said, both its output and its errors, and its exit status. */
    public record Result(int status, String output) {
        /** Whether it ended well. */
        public boolean isGood() {
            return status == 0;
        }
    }

    /** Where a program is, by PATH, or where the system and its administrators have theirs. */
    public static Optional<Path> find(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of((path + ":" + ELSEWHERE).split(":"))
                .filter(place -> place.startsWith("/"))
                .map(place -> Path.of(place, name))
                .filter(program -> Files.isRegularFile(program) && Files.isExecutable(program))
                .findFirst();
    }

    /** Where a program is that has to be there. */
    public static String found(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalStateException("there is no " + name + " here"))
                .toString();
    }

    /**
     * Runs a program to its end, without input and without an SSH agent.
     *
     * @param directory where it stands
     * @param name of the program, which has to be there
     * @param arguments its arguments
     * @throws IllegalStateException if it doesn't end within a minute
     */
    public static Result run(Path directory, String name, List<String> arguments)
            throws IOException, InterruptedException {
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
