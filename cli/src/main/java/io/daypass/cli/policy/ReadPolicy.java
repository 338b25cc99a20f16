package io.daypass.cli.policy;

import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import io.daypass.cli.http.Call;
import io.daypass.cli.http.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code policy read}: shows a policy's text. */
@Command(footer = "  daypass policy read reader > reader.hcl")
public final class ReadPolicy implements Action {
    @Parameters(index = "0", paramLabel = "NAME", description = "the policy")
    private String name = "";

    @Override
    public int run(Session session) {
        Reply policy = session.broker().send(Call.read(Policies.path(name)));
        session.printer()
                .reply(
                        policy,
                        reply -> session.printer()
                                .text(reply.said().path("policy").asText()));
        return Action.ok();
    }
}
