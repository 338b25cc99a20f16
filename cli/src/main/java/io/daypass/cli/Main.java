package io.daypass.cli;

import io.daypass.cli.shell.Outlet;
import io.daypass.cli.shell.Shell;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Where the {@code daypass} command starts. */
public final class Main {
    private Main() {}

    /** @param arguments what was typed after {@code daypass} */
    public static void main(String[] arguments) {
        Outlet outlet = new Outlet(FileDescriptor.out);
        PrintStream out = stream(outlet);
        PrintStream err = stream(new FileOutputStream(FileDescriptor.err));
        int code = new Dispatcher(shell(out, err)).run(List.of(arguments));
        out.flush();
        Optional<Integer> unwritten = outlet.exit();
        if (unwritten.isPresent() && !outlet.isLeft()) {
            err.println("error: can't write to standard output: " + outlet.failure());
        }
        err.flush();
        System.exit(code == 0 ? unwritten.orElse(0) : code);
    }

    private static Shell shell(PrintStream out, PrintStream err) {
        // Only the launcher can tell: a JVM of 22 or later has a console without a terminal, too.
        String terminals = System.getProperty("daypass.terminals", "");
        String home = System.getenv("HOME");
        return new Shell(
                System.getenv(),
                Path.of(home == null || home.isEmpty() ? System.getProperty("user.home") : home),
                System.in,
                out,
                err,
                terminals.contains("1"),
                terminals.contains("0"),
                InstantSource.system());
    }

    private static PrintStream stream(OutputStream to) {
        boolean flushAtLines = true;
        return new PrintStream(new BufferedOutputStream(to, 8192), flushAtLines, StandardCharsets.UTF_8);
    }
}
