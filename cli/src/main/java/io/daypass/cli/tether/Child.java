package io.daypass.cli.tether;

import io.daypass.cli.shell.Display;
import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A program that is run with our stdin, stdout and stderr, and gets the signals that are sent to us. */
final class Child {
    /** Sent by whoever wants something of the program: passed on whoever sent them. */
    private static final List<String> SENT = List.of("TERM", "USR1", "USR2");

    /** Sent by a terminal to all processes in its foreground, the child among them: passed on if it wasn't that. */
    private static final List<String> TYPED = List.of("INT", "HUP");

    private final Process process;

    private Child(Process process) {
        this.process = process;
    }

    /**
     * Starts a program.
     *
     * @param command the program and its arguments
     * @param environment puts into its environment what it needs
     * @throws Failure if it can't be started
     */
    static Child start(List<String> command, Consumer<Map<String, String>> environment) {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        environment.accept(builder.environment());
        try {
            return new Child(builder.start());
        } catch (IOException absent) {
            // Not its own text: it may quote the arguments, and those are the caller's affair.
            throw Failure.of(
                    Exit.LOCAL,
                    "can't run " + Display.line(command.get(0)) + ": it is no program that can be found and executed",
                    "look at its name, and at PATH");
        }
    }

    /** Passes signals on from now on. */
    void passSignals() {
        for (String signal : SENT) {
            Signals.hear(signal, this::send);
        }
        for (String signal : TYPED) {
            Signals.hear(signal, name -> {
                if (!isForeground()) {
                    send(name);
                }
            });
        }
    }

    /** Asks the program to end. */
    void terminate() {
        process.destroy();
    }

    /**
     * Waits for its end.
     *
     * @return its exit code; 128 and the signal's number if a signal ended it
     */
    int waitFor() {
        return process.onExit().join().exitValue();
    }

    private void send(String signal) {
        if (signal.equals("TERM")) {
            process.destroy();
            return;
        }
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -s \"$1\" \"$2\"", "sh", signal, String.valueOf(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException noShell) {
            process.destroy();
        }
    }

    /** Whether this process is in the foreground of a terminal, so that its signals reach the child without us. */
    private static boolean isForeground() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            // Behind the program's name, which may hold anything: state, parent, group, session, terminal, foreground.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 7);
            return fields[2].equals(fields[5]);
        } catch (IOException | RuntimeException notLinux) {
            return System.getProperty("daypass.terminals", "").contains("0");
        }
    }
}
