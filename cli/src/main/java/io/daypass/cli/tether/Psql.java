package io.daypass.cli.tether;

import io.daypass.cli.command.PassesOn;
import io.daypass.cli.command.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code db psql}: a psql session with credentials of its own, for as long as it lives. */
@Command(
        customSynopsis = "daypass db psql PATH [OPTIONS] [-- PSQL'S ARGUMENTS]",
        description = "The lease is of 30 s, renewed every 10 s while psql lives and revoked when it ends.",
        footer = {
            "  daypass db psql database/creds/reader",
            "  daypass db psql database/creds/reader -- -c 'select count(*) from orders'"
        })
public final class Psql implements PassesOn {
    @Parameters(index = "0", paramLabel = "PATH", description = "what issues the credentials")
    private String path = "";

    private List<String> arguments = List.of();

    @Override
    public void passOn(List<String> rest) {
        arguments = List.copyOf(rest);
    }

    @Override
    public int run(Session session) {
        List<String> command = new ArrayList<>(List.of("psql"));
        command.addAll(arguments);
        return new Tether(session, path, Map.of(), false).run(command);
    }
}
