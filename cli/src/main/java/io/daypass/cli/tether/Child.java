package io.daypass.cli.tether;

import io.daypass.cli.shell.Display;
import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A program that is run with our stdin, stdout and stderr, and gets the signals that are sent to us. */
public final class Child {
    private final Process process;

    private Child(Process process) {
        this.process = process;
    }

    /**
     * Starts a program, and passes signals on to it from before its start.
     *
     * @param command the program and its arguments
     * @param environment puts into its environment what it needs
     * @throws Failure if it can't be started
     */
    public static Child start(List<String> command, Consumer<Map<String, String>> environment) {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        environment.accept(builder.environment());
        Relay relay = new Relay();
        relay.listen();
        try {
            Process process = builder.start();
            relay.to(process);
            return new Child(process);
        } catch (IOException absent) {
            // Not its own text: it may quote the arguments, and those are the caller's affair.
            throw Failure.of(
                    Exit.LOCAL,
                    "can't run " + Display.line(command.get(0)) + ": it is no program that can be found and executed",
                    "look at its name, and at PATH");
        }
    }

    /** Asks the program to end. */
    public void terminate() {
        process.destroy();
    }

    /**
     * Waits for its end.
     *
     * @return its exit code; 128 and the signal's number if a signal ended it
     */
    public int waitFor() {
        return process.onExit().join().exitValue();
    }
}
