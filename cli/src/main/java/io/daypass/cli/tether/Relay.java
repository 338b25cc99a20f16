package io.daypass.cli.tether;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Passes signals on to a process; those that come before it is there are kept for it. */
final class Relay {
    /** Sent by whoever wants something of the program: passed on whoever sent them. */
    private static final List<String> SENT = List.of("TERM", "USR1", "USR2");

    /** Sent by a terminal to all processes in its foreground, the child among them: passed on if it wasn't that. */
    private static final List<String> TYPED = List.of("INT", "HUP");

    private final List<String> kept = new ArrayList<>();
    private @Nullable Process process;

    /** Takes signals from now on, so that they don't end us. */
    void listen() {
        for (String signal : SENT) {
            Signals.hear(signal, this::pass);
        }
        for (String signal : TYPED) {
            Signals.hear(signal, name -> {
                if (isEarly() || !isForeground()) {
                    pass(name);
                }
            });
        }
    }

    private synchronized boolean isEarly() {
        return process == null;
    }

    /** Where they go from now on. */
    synchronized void to(Process target) {
        process = target;
        kept.forEach(signal -> send(target, signal));
        kept.clear();
    }

    private synchronized void pass(String signal) {
        if (process == null) {
            kept.add(signal);
        } else {
            send(process, signal);
        }
    }

    private static void send(Process target, String signal) {
        if (signal.equals("TERM")) {
            target.destroy();
            return;
        }
        try {
            // The shell has kill built in; not every machine has it as a program.
            new ProcessBuilder("/bin/sh", "-c", "kill -s \"$1\" \"$2\"", "sh", signal, String.valueOf(target.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException noShell) {
            target.destroy();
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
