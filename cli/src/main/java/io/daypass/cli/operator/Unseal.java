package io.daypass.cli.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.cli.command.Action;
import io.daypass.cli.command.Pairs;
import io.daypass.cli.command.Session;
import io.daypass.cli.http.Call;
import io.daypass.cli.http.Json;
import io.daypass.cli.http.Reply;
import io.daypass.cli.shell.Failure;
import java.io.Console;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code operator unseal}: gives one share of the key. */
@Command(
        footer = {
            "  daypass operator unseal          # asks for the share, unseen",
            "  daypass operator unseal - < share.txt",
            "  daypass operator unseal --reset"
        })
public final class Unseal implements Action {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "SHARE",
            description = "a share of the key, - to read it from stdin; arguments can be seen by others")
    private @Nullable String share;

    @Option(names = "--reset", description = "forget the shares that were given so far")
    private boolean reset;

    @Override
    public int run(Session session) {
        ObjectNode body = Json.object();
        if (reset) {
            body.put("reset", true);
        } else {
            body.put("key", share(session));
        }
        Reply status = session.broker().send(Call.write("sys/unseal", body));
        session.printer().reply(status);
        JsonNode said = status.body();
        if (said.path("sealed").asBoolean()) {
            session.printer()
                    .note("shares so far: " + said.path("progress").asText() + " of "
                            + said.path("t").asText());
        } else {
            session.printer().note("open");
        }
        return Action.ok();
    }

    private String share(Session session) {
        if (share != null) {
            return share.equals("-") ? Pairs.text("-", session.shell()).strip() : share;
        }
        Console console = session.shell().interactive() ? System.console() : null;
        char[] typed = console == null ? null : console.readPassword("Share of the key (will not be shown): ");
        if (typed == null || typed.length == 0) {
            throw Failure.usage(
                    "no share was given, and there is no terminal to ask at", "daypass operator unseal - < share.txt");
        }
        return new String(typed).strip();
    }
}
