package io.daypass.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server's process: started, stopped, killed, paused, and ended with the JVM at the latest. */
final class ServerProcess {
    private static final Duration START = Duration.ofSeconds(60);
    private static final int STOP_SECONDS = 20;

    private final String name;
    private final Path log;
    private final ProcessBuilder command;
    private final Callable<Boolean> answers;
    private final Thread atExit;
    private Process process;

    private ServerProcess(String name, Path log, ProcessBuilder command, Callable<Boolean> answers) throws IOException {
        this.name = name;
        this.log = log;
        this.command = command.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        this.answers = answers;
        this.atExit = new Thread(this::kill, name + "-stop");
        this.process = command.start();
    }

    /**
     * Starts one and waits until it answers.
     *
     * @param name for errors
     * @param log what it says is appended to
     * @param command one process, which becomes the server and has no children that outlive it
     * @param answers whether it serves
     * @throws IOException if it does not come up; the text holds its log
     */
    static ServerProcess start(String name, Path log, ProcessBuilder command, Callable<Boolean> answers)
            throws IOException {
        ServerProcess started = new ServerProcess(name, log, command, answers);
        Runtime.getRuntime().addShutdownHook(started.atExit);
        try {
            started.awaitReady();
        } catch (IOException notReady) {
            started.end();
            throw notReady;
        }
        return started;
    }

    /** A port of 127.0.0.1 that nobody listens on. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Runs a program that ends by itself. */
    static void run(ProcessBuilder command, Path log) throws IOException {
        int exit = Account.await(
                command.redirectErrorStream(true).redirectOutput(log.toFile()).start());
        if (exit != 0) {
            throw new IOException(command.command() + " exited with " + exit + ": " + Files.readString(log));
        }
    }

    /** Removes a directory and all in it; nothing happens where there is none. */
    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(directory)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : deepestFirst) {
            Files.delete(each);
        }
    }

    /** Stops it in order, even if it is paused. */
    synchronized void stop() {
        if (!process.isAlive()) {
            return;
        }
        resume();
        process.destroy();
        awaitEnd();
    }

    /** Ends it as a crash would: {@code kill -9}. */
    synchronized void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Has it do nothing from now on, with all of its connections open: {@code SIGSTOP}. */
    void pause() {
        signal("STOP");
    }

    /** Has it go on: {@code SIGCONT}. */
    void resume() {
        signal("CONT");
    }

    /** Starts it again, with other arguments if some are given. */
    synchronized void restart(List<String> arguments) throws IOException {
        stop();
        process = command.command(arguments).start();
        awaitReady();
    }

    /** Stops it for good. */
    void end() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException exiting) {
            // The JVM is going down and runs the hook by itself; it finds nothing to stop.
            return;
        }
    }

    /** Its id, which is the server's own: what runs it under another account becomes it. */
    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    private void awaitReady() throws IOException {
        boolean ready = Await.within(START, () -> !process.isAlive() || answers.call());
        if (!ready || !process.isAlive()) {
            throw new IOException(name + " did not start: " + Files.readString(log));
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** By the shell, which has kill built in: not every system has the program. */
    private void signal(String signal) {
        try {
            Process sent = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (Account.await(sent) != 0) {
                throw new IllegalStateException(name + " is gone and can't be sent " + signal);
            }
        } catch (IOException noShell) {
            throw new UncheckedIOException(noShell);
        }
    }
}
