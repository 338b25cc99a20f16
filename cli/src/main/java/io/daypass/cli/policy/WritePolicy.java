package io.daypass.cli.policy;

import io.daypass.cli.command.Action;
import io.daypass.cli.command.Pairs;
import io.daypass.cli.command.Session;
import io.daypass.cli.http.Call;
import io.daypass.cli.http.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code policy write}: writes a policy from a file, or from stdin. */
@Command(
        footer = {
            "  daypass policy write reader reader.hcl",
            "  echo 'path \"database/creds/reader\" { capabilities = [\"read\"] }' | daypass policy write reader -"
        })
public final class WritePolicy implements Action {
    @Parameters(index = "0", paramLabel = "NAME", description = "the policy")
    private String name = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "its text, HCL or JSON; - reads stdin")
    private String file = "";

    @Override
    public int run(Session session) {
        String text = Pairs.text(file, session.shell());
        session.printer()
                .reply(session.broker()
                        .send(Call.write(Policies.path(name), Json.object().put("policy", text))));
        session.printer().note("the policy " + name + " is in force");
        return Action.ok();
    }
}
