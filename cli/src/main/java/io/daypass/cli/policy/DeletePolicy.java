package io.daypass.cli.policy;

import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import io.daypass.cli.http.Call;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code policy delete}: deletes a policy, so that tokens with it may do less at once. */
@Command(footer = "  daypass policy delete reader")
public final class DeletePolicy implements Action {
    @Parameters(index = "0", paramLabel = "NAME", description = "the policy")
    private String name = "";

    @Override
    public int run(Session session) {
        session.printer().reply(session.broker().send(Call.delete(Policies.path(name))));
        session.printer().note("the policy " + name + " is gone");
        return Action.ok();
    }
}
