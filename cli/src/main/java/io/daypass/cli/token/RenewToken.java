package io.daypass.cli.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import io.daypass.cli.http.Call;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code token renew}: lets a token live on. */
@Command(footer = {"  daypass token renew", "  daypass token renew --increment 8h --accessor ACCESSOR"})
public final class RenewToken implements Action {
    @Mixin
    private WhichToken which = new WhichToken();

    @Option(
            names = {"--increment", "-i"},
            paramLabel = "DURATION",
            description = "how long from now on")
    private @Nullable String increment;

    @Override
    public int run(Session session) {
        Call call = which.call("renew", session.shell());
        if (increment != null && call.body() instanceof ObjectNode body) {
            body.put("increment", increment);
        }
        session.printer().reply(session.broker().send(call), Tokens.shown(session.printer()));
        return Action.ok();
    }
}
