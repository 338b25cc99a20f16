package io.daypass.cli.policy;

import io.daypass.cli.command.Action;
import io.daypass.cli.command.Keys;
import io.daypass.cli.command.Session;
import io.daypass.cli.http.Call;
import picocli.CommandLine.Command;

/** {@code policy list}: shows which policies there are. */
@Command(footer = "  daypass policy list")
public final class ListPolicies implements Action {
    @Override
    public int run(Session session) {
        session.printer().reply(session.broker().send(Call.list(Policies.ALL)), Keys.of(session.printer()));
        return Action.ok();
    }
}
