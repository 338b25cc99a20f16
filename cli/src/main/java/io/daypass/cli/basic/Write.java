package io.daypass.cli.basic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.cli.command.Action;
import io.daypass.cli.command.Handover;
import io.daypass.cli.command.Pairs;
import io.daypass.cli.command.Session;
import io.daypass.cli.http.Call;
import io.daypass.cli.http.Reply;
import io.daypass.cli.shell.Failure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code write}: writes to a path. */
@Command(
        footer = {
            "  daypass write database/roles/reader db_name=shop default_ttl=1h creation_statements=@reader.sql",
            "  pass show shop | daypass write database/config/shop password=-",
            "  echo '{\"default_ttl\": \"2h\"}' | daypass write database/roles/reader -",
            "  daypass write --force database/reset/shop"
        })
public final class Write implements Action {
    @Parameters(index = "0", paramLabel = "PATH", description = "where to write")
    private String path = "";

    @Parameters(
            index = "1..*",
            paramLabel = "NAME=VALUE",
            description = "what to write: name=value, name=@file, name=- (stdin); - or @file for a whole JSON object")
    private List<String> pairs = new ArrayList<>();

    @Option(
            names = {"-f", "--force"},
            description = "write although there is nothing to say")
    private boolean force;

    @Option(names = "--ttl", paramLabel = "DURATION", description = "ask for a lease of this length: 30s, 10m, 1h")
    private @Nullable String ttl;

    @Override
    public int run(Session session) {
        if (pairs.isEmpty() && !force) {
            throw Failure.usage("there is nothing to write", "give name=value, or --force to write nothing");
        }
        ObjectNode body = Pairs.object(pairs, session.shell());
        Call call = Call.write(path, body);
        Reply reply = session.broker().send(ttl == null ? call : call.with("ttl", ttl));
        Handover.show(session, reply);
        if (reply.said().isEmpty() && session.printer().isTable()) {
            session.printer().note("written: " + call.path());
        }
        return Action.ok();
    }
}
