package io.daypass.dist;

import io.daypass.embedded.Await;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A broker as a process of its own, to be started, killed, paused and started again on the same data. */
public final class BrokerProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final int STOP_SECONDS = 30;

    private final Installation installation;
    private final Path directory;
    private final List<String> arguments;
    private final List<String> jvmFlags;
    private final Api probe;
    private @Nullable Process process;

    /**
     * Doesn't start it yet.
     *
     * @param installation what runs
     * @param directory for its log and its temporary files
     * @param probe how to reach it, to see when it is up
     * @param arguments of {@code daypass server}
     */
    public BrokerProcess(Installation installation, Path directory, Api probe, List<String> arguments) {
        this.installation = installation;
        this.directory = directory;
        this.probe = probe;
        this.arguments = List.copyOf(arguments);
        this.jvmFlags = new ArrayList<>(List.of("-Djava.io.tmpdir=" + directory.resolve("tmp")));
    }

    /** Adds a flag for its JVM. */
    public BrokerProcess flag(String flag) {
        jvmFlags.add(flag);
        return this;
    }

    /** Starts it and waits until it answers: sealed or not, initialised or not. */
    public BrokerProcess start() {
        launch();
        boolean up = Await.within(START, () -> {
            if (!isAlive()) {
                return true;
            }
            probe.as("").read("sys/health");
            return true;
        });
        if (!up || !isAlive()) {
            throw new IllegalStateException("the broker did not come up: " + log());
        }
        return this;
    }

    /** Starts it and waits until it ends by itself. */
    public int startAndWait(Duration atMost) {
        launch();
        Process started = process();
        try {
            if (!started.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("the broker goes on, where it should have refused to start: " + log());
            }
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
        return started.exitValue();
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Its process id. */
    public long pid() {
        return process().pid();
    }

    /** Ends it with {@code kill -9} and waits until it is gone. */
    public void kill() {
        Process killed = process();
        killed.destroyForcibly();
        await(killed);
    }

    /**
     * Ends it in order, with SIGTERM.
     *
     * @return its exit code
     */
    public int stop() {
        Process stopped = process();
        stopped.destroy();
        await(stopped);
        return stopped.exitValue();
    }

    /** Halts it where it is, with SIGSTOP: it can't know. */
    public void pause() {
        signal("STOP");
    }

    /** Lets it go on, with SIGCONT. */
    public void resume() {
        signal("CONT");
    }

    /** What it has written so far, on both streams, in all of its runs. */
    public String log() {
        try {
            return Files.readString(logFile());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Where its log goes. */
    public Path logFile() {
        return directory.resolve("broker.log");
    }

    /** Ends it, in order if it will. */
    @Override
    public void close() {
        if (!isAlive()) {
            return;
        }
        resume();
        Process closing = process();
        closing.destroy();
        try {
            if (!closing.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                closing.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            closing.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** A port of 127.0.0.1 that nobody uses now. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    private void launch() {
        if (isAlive()) {
            throw new IllegalStateException("it runs already");
        }
        try {
            Files.createDirectories(directory.resolve("tmp"));
            ProcessBuilder builder = new ProcessBuilder(installation.server(jvmFlags, arguments))
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
            // Its context, if it writes one, goes into its own directory, and nobody's settings reach it.
            builder.environment().keySet().removeIf(name -> name.matches("(DAYPASS|BAO|VAULT)_.*|JAVA_TOOL_OPTIONS"));
            builder.environment()
                    .put("XDG_CONFIG_HOME", directory.resolve("tmp").toString());
            process = builder.start();
        } catch (IOException notStarted) {
            throw new UncheckedIOException(notStarted);
        }
    }

    private Process process() {
        if (process == null) {
            throw new IllegalStateException("it was never started");
        }
        return process;
    }

    /** The shell's own kill: not every machine has one as a program. */
    private void signal(String name) {
        try {
            await(new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid()).start());
        } catch (IOException noShell) {
            throw new UncheckedIOException(noShell);
        }
    }

    private static void await(Process ending) {
        try {
            if (!ending.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("not over within " + STOP_SECONDS + " s: " + ending.info());
            }
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    private static UncheckedIOException interrupted(InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        InterruptedIOException cause = new InterruptedIOException("interrupted while waiting for a process");
        cause.initCause(interrupted);
        return new UncheckedIOException(cause);
    }
}
