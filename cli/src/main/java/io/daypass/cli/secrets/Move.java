package io.daypass.cli.secrets;

import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import io.daypass.cli.shell.Failure;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code secrets move}: says why mounts aren't moved. */
@Command(
        description = "Refused: leases, policies and holders know a mount by its path.",
        footer = "  daypass secrets enable --path NEW database   # then write its configuration, and disable the old")
public final class Move implements Action {
    @Parameters(paramLabel = "PATH", arity = "0..*", description = "from where to where")
    private List<String> paths = new ArrayList<>();

    @Override
    public int run(Session session) {
        String to = paths.size() == 2 ? Mounts.trim(paths.get(1)) : "NEW";
        throw Failure.usage(
                "mounts aren't moved: lease ids, policies and those who renew know the old path",
                "daypass secrets enable --path " + to + " TYPE   # and write its configuration there",
                "daypass secrets disable OLD   # once its leases have ended");
    }
}
