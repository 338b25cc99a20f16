package io.daypass.cli.basic;

import io.daypass.cli.command.Action;
import io.daypass.cli.command.Handover;
import io.daypass.cli.command.Pairs;
import io.daypass.cli.command.Session;
import io.daypass.cli.http.Call;
import io.daypass.cli.http.Verb;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code read}: reads a path, and mints where the path issues. */
@Command(
        footer = {
            "  daypass read database/creds/reader",
            "  daypass read -o field=password --ttl 10m database/creds/reader",
            "  eval \"$(daypass read -o env database/creds/reader)\"",
            "  daypass read sys/leases/query state=revoking",
            "  daypass read sys/metrics format=prometheus"
        })
public final class Read implements Action {
    @Parameters(index = "0", paramLabel = "PATH", description = "what to read")
    private String path = "";

    @Parameters(index = "1..*", paramLabel = "NAME=VALUE", description = "parameters of the query")
    private List<String> parameters = new ArrayList<>();

    @Option(names = "--ttl", paramLabel = "DURATION", description = "ask for a lease of this length: 30s, 10m, 1h")
    private @Nullable String ttl;

    @Override
    public int run(Session session) {
        Call call = new Call(Verb.READ, path, Pairs.query(parameters, session.shell()), null);
        Handover.show(session, session.broker().sendForAny(ttl == null ? call : call.with("ttl", ttl)));
        return Action.ok();
    }
}
