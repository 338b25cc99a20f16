package io.daypass.cli.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import io.daypass.cli.http.Call;
import io.daypass.cli.http.Json;
import io.daypass.cli.http.Reply;
import io.daypass.cli.output.Cells;
import io.daypass.cli.output.Table;
import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code operator init}: makes a new broker's keys, once. */
@Command(
        description = "The keys and the root token are shown this once and kept nowhere.",
        footer = {
            "  daypass operator init",
            "  daypass operator init --key-shares 1 --key-threshold 1",
            "  (umask 077; daypass operator init -o json > keys.json)"
        })
public final class Init implements Action {
    @Option(
            names = {"--key-shares", "--shares"},
            paramLabel = "N",
            description = "into how many shares the key is split")
    private @Nullable Integer shares;

    @Option(
            names = {"--key-threshold", "--threshold"},
            paramLabel = "N",
            description = "how many of them open it")
    private @Nullable Integer threshold;

    @Option(names = "--status", description = "only show whether it has been done: ends with 0 if so, else with 5")
    private boolean status;

    @Override
    public int run(Session session) {
        if (status) {
            return status(session);
        }
        ObjectNode body = Json.object();
        boolean split = shares != null || threshold != null || isShamir(session);
        if (split) {
            body.put("secret_shares", shares == null ? 5 : shares);
            body.put("secret_threshold", threshold == null ? Math.min(3, shares == null ? 5 : shares) : threshold);
        }
        session.printer().expect("keys", "keys_base64", "root_token");
        Reply made = session.broker().send(Call.write("sys/init", body));
        try {
            session.printer().reply(made, reply -> show(session, reply));
        } catch (Failure unshown) {
            throw lost(unshown.text());
        }
        if (session.shell().out().checkError()) {
            throw lost("standard output can't be written to");
        }
        session.printer().note("Keep these apart from each other; they are shown this once.");
        return Action.ok();
    }

    private static Failure lost(String why) {
        return Failure.of(
                Exit.LOCAL,
                why + "; so the shares and the root token are lost, and nobody can ever open what will be stored there",
                "stop the broker, remove its data directory, start it and initialise it again");
    }

    private static boolean isShamir(Session session) {
        String type = Cells.of(
                session.broker().send(Call.read("sys/seal-status")).body().path("type"));
        return type.isEmpty() || type.equals("shamir");
    }

    private static int status(Session session) {
        Reply reply = session.broker().send(Call.read("sys/init"));
        session.printer().reply(reply);
        return reply.body().path("initialized").asBoolean() ? Action.ok() : Exit.BUSY.code();
    }

    private static void show(Session session, Reply reply) {
        Table table = new Table("Key", "Value");
        int n = 0;
        for (JsonNode key : reply.body().path("keys_base64")) {
            table.row("unseal key " + ++n, Cells.of(key));
        }
        table.row("root token", Cells.of(reply.body().path("root_token")));
        session.printer().table(table);
    }
}
