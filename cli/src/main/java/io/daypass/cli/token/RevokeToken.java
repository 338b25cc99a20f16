package io.daypass.cli.token;

import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import io.daypass.cli.shell.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code token revoke}: ends a token, with everything that hangs from it. */
@Command(
        description = "Its leases and the tokens made with it end too.",
        footer = {
            "  daypass token revoke --self",
            "  daypass token revoke --accessor ACCESSOR",
            "  daypass token revoke - < token.txt"
        })
public final class RevokeToken implements Action {
    @Mixin
    private WhichToken which = new WhichToken();

    @Override
    public int run(Session session) {
        if (!which.isSaid()) {
            throw Failure.usage("which token?", "daypass token revoke --self   # the one in use");
        }
        session.printer().reply(session.broker().send(which.call("revoke", session.shell())));
        session.printer().note("revoked, with all that hangs from it");
        return Action.ok();
    }
}
