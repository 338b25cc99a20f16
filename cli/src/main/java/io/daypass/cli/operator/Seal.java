package io.daypass.cli.operator;

import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import io.daypass.cli.http.Call;
import io.daypass.cli.http.Json;
import picocli.CommandLine.Command;

/** {@code operator seal}: closes the broker, until it is unsealed again. */
@Command(
        description = "Nothing is served and nothing expires at its target until it is unsealed again.",
        footer = "  daypass operator seal")
public final class Seal implements Action {
    @Override
    public int run(Session session) {
        session.printer().reply(session.broker().send(Call.write("sys/seal", Json.object())));
        session.printer().note("sealed; daypass operator unseal opens it again");
        return Action.ok();
    }
}
