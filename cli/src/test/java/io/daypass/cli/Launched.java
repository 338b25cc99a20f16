package io.daypass.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The command as a process of its own, in an environment that holds nothing it isn't given. */
final class Launched {
    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();

    /** @param folder its home, and where its output goes */
    Launched(Path folder) {
        this.folder = folder;
        environment.put("PATH", System.getenv("PATH"));
        environment.put("HOME", folder.toString());
        environment.put("LC_ALL", "C.UTF-8");
    }

    /** The same, with a variable. */
    Launched with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Runs it to its end, with nothing on stdin. */
    Ended run(String... arguments) throws IOException, InterruptedException {
        return run("", List.of(arguments));
    }

    /** Runs it to its end. */
    Ended run(String stdin, List<String> arguments) throws IOException, InterruptedException {
        Running running = start(java(), arguments);
        try (OutputStream in = running.process().getOutputStream()) {
            in.write(stdin.getBytes(StandardCharsets.UTF_8));
        } catch (IOException notRead) {
            // It ended without reading it, as it may.
        }
        return running.end();
    }

    /**
     * Runs it to its end from a shell.
     *
     * @param where what becomes of its stdout, as a shell says it: {@code | head -n 1}
     */
    Ended runWith(String where, String... arguments) throws IOException, InterruptedException {
        List<String> shell = new ArrayList<>(
                List.of("bash", "-c", "\"$@\" </dev/null " + where + "; exit ${PIPESTATUS[0]}", "bash"));
        shell.addAll(java());
        return start(shell, List.of(arguments)).end();
    }

    /** Starts it. */
    Running start(String... arguments) throws IOException {
        return start(java(), List.of(arguments));
    }

    /** Starts it by this command. */
    Running start(List<String> launcher, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(launcher);
        command.addAll(arguments);
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new Running(builder.start(), out, err);
    }

    /** Waits until something is so, looking whenever a file in the folder changes. */
    void await(BooleanSupplier wanted, Supplier<String> otherwise) throws IOException, InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        try (WatchService watch = folder.getFileSystem().newWatchService()) {
            folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
            while (!wanted.getAsBoolean()) {
                if (System.nanoTime() > until) {
                    throw new AssertionError(otherwise.get());
                }
                WatchKey key = watch.poll(200, TimeUnit.MILLISECONDS);
                if (key != null) {
                    key.pollEvents();
                    key.reset();
                }
            }
        }
    }

    private static List<String> java() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "io.daypass.cli.Main");
    }

    /** A process that runs. */
    record Running(Process process, Path outFile, Path errFile) {
        String out() {
            return text(outFile);
        }

        String err() {
            return text(errFile);
        }

        /** Sends it a signal. */
        void signal(String name) throws IOException, InterruptedException {
            new ProcessBuilder("/bin/sh", "-c", "kill -s " + name + " " + process.pid())
                    .start()
                    .waitFor();
        }

        /** Waits for its end. */
        Ended end() throws InterruptedException {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("it did not end; stdout: " + out() + " stderr: " + err());
            }
            return new Ended(process.exitValue(), out(), err());
        }

        private static String text(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }

    /** How it ended. */
    record Ended(int code, String out, String err) {}
}
