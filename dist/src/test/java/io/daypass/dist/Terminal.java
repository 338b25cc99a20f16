package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Where a person types commands: a home, and an environment that holds nothing it isn't given. */
final class Terminal {
    private static final long LONGEST_SECONDS = 90;

    private final Path home;
    private final Map<String, String> environment;

    /**
     * @param home that is made
     * @param address of the broker
     * @param bearer the token that is used
     */
    Terminal(Path home, String address, String bearer) throws IOException {
        this.home = Files.createDirectories(home);
        environment = new HashMap<>(Map.of(
                "HOME",
                home.toString(),
                "PATH",
                System.getenv("PATH"),
                "LC_ALL",
                "C.UTF-8",
                "XDG_RUNTIME_DIR",
                Files.createDirectories(home.resolve("run")).toString(),
                "DAYPASS_JAVA_HOME",
                System.getProperty("java.home"),
                "DAYPASS_NO_ARCHIVE",
                "1",
                "DAYPASS_ADDR",
                address,
                "DAYPASS_TOKEN",
                bearer));
    }

    /** Its variables, which may be changed. */
    Map<String, String> environment() {
        return environment;
    }

    /** Where commands find programs first. */
    Path programs() throws IOException {
        Path folder = Files.createDirectories(home.resolve("bin"));
        environment.put("PATH", folder + ":" + System.getenv("PATH"));
        return folder;
    }

    /** Has {@code daypass} do something. */
    Said daypass(String... arguments) throws IOException, InterruptedException {
        String launcher = Assembly.installation().home().resolve("bin/daypass").toString();
        return run(Stream.concat(Stream.of(launcher), Stream.of(arguments)).toList());
    }

    /** Has a shell do something. */
    Said shell(String line) throws IOException, InterruptedException {
        return run(List.of("/bin/sh", "-c", line));
    }

    private Said run(List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("out", ".txt");
        Path err = Files.createTempFile("err", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(home.toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            Process process = builder.start();
            assertTrue(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS), "it doesn't end");
            return new Said(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** How it ended, and what it said. */
    record Said(int code, String out, String err) {}
}
