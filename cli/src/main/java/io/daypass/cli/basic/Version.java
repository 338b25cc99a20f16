package io.daypass.cli.basic;

import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import picocli.CommandLine.Command;

/** {@code version}: the version of this command. */
@Command(footer = "  daypass version")
public final class Version implements Action {
    @Override
    public int run(Session session) {
        String version = Version.class.getPackage().getImplementationVersion();
        session.shell().out().println("daypass " + (version == null ? "(not packaged)" : version));
        return Action.ok();
    }
}
