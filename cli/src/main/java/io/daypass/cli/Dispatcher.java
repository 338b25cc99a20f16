package io.daypass.cli;

import io.daypass.cli.command.CommonOptions;
import io.daypass.cli.command.Session;
import io.daypass.cli.shell.Display;
import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.shell.Shell;
import java.util.List;

/** Carries out what was typed, and says what went wrong. */
final class Dispatcher {
    private final Shell shell;

    /** @param shell what the process was started with */
    Dispatcher(Shell shell) {
        this.shell = shell;
    }

    /**
     * Does what was typed.
     *
     * @param arguments what came after {@code daypass}
     * @return what the process ends with
     */
    int run(List<String> arguments) {
        try {
            return carryOut(arguments);
        } catch (Failure failure) {
            say(failure);
            return failure.exit().code();
        } catch (RuntimeException bug) {
            shell.err().println("error: a fault of this command: " + Display.line(bug.toString()));
            if (shell.variable("DAYPASS_DEBUG") != null) {
                bug.printStackTrace(shell.err());
            } else {
                shell.err().println("  next: set DAYPASS_DEBUG=1 to see where, and report it");
            }
            return Exit.LOCAL.code();
        }
    }

    private int carryOut(List<String> arguments) {
        Typed typed = Typed.read(arguments);
        if (typed.entry() == null) {
            return Help.of(typed).print(shell);
        }
        Parser parser = new Parser(typed.entry());
        CommonOptions options = parser.parse(typed.rest());
        if (options.help()) {
            parser.usage(shell);
            return Exit.OK.code();
        }
        return parser.command().run(new Session(shell, options));
    }

    private void say(Failure failure) {
        shell.out().flush();
        shell.err().println("error: " + Display.block(failure.text()));
        String lead = "  next: ";
        for (String line : failure.next()) {
            shell.err().println(lead + Display.line(line));
            lead = " ".repeat(lead.length());
        }
        if (shell.variable("DAYPASS_DEBUG") != null) {
            failure.printStackTrace(shell.err());
        }
    }
}
