package io.daypass.cli.basic;

import io.daypass.cli.command.Action;
import io.daypass.cli.command.Keys;
import io.daypass.cli.command.Session;
import io.daypass.cli.http.Call;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code list}: lists what is below a path. */
@Command(footer = {"  daypass list database/roles", "  daypass list sys/leases/lookup"})
public final class ListKeys implements Action {
    @Parameters(index = "0", paramLabel = "PATH", description = "what to list")
    private String path = "";

    @Override
    public int run(Session session) {
        session.printer().reply(session.broker().send(Call.list(path)), Keys.of(session.printer()));
        return Action.ok();
    }
}
