package io.daypass.cli.contexts;

import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import io.daypass.cli.shell.Display;
import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code context use}: chooses the broker that commands speak to from now on. */
@Command(footer = {"  daypass context use production", "  daypass context use --none"})
public final class UseContext implements Action {
    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "the context")
    private @Nullable String name;

    @Option(names = "--none", description = "choose none: a dev server's own context counts while it runs")
    private boolean none;

    @Override
    public int run(Session session) {
        if (none == (name != null)) {
            throw Failure.usage("give a context's name, or --none", "daypass context ls");
        }
        if (name != null && session.contexts().find(name).isEmpty()) {
            throw Failure.of(
                    Exit.NOT_FOUND, "there is no context \"" + Display.line(name) + "\"", "daypass context ls");
        }
        session.contexts().choose(name);
        session.printer().note(name == null ? "no context is chosen" : "current: " + name);
        return Action.ok();
    }
}
