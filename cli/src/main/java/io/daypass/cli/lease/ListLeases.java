package io.daypass.cli.lease;

import com.fasterxml.jackson.databind.JsonNode;
import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import io.daypass.cli.http.Call;
import io.daypass.cli.http.Reply;
import io.daypass.cli.output.Cells;
import io.daypass.cli.output.Table;
import io.daypass.cli.shell.Display;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lease list}: shows leases. */
@Command(
        footer = {
            "  daypass lease list",
            "  daypass lease list --state revoking",
            "  daypass lease list database/creds/reader --holder laptop -o json"
        })
public final class ListLeases implements Action {
    @Parameters(index = "0", arity = "0..1", paramLabel = "PREFIX", description = "only below this path")
    private @Nullable String prefix;

    @Option(names = "--state", paramLabel = "STATE", description = "pending, active or revoking")
    private @Nullable String state;

    @Option(names = "--holder", paramLabel = "NAME", description = "only of this holder")
    private @Nullable String holder;

    @Option(names = "--mount", paramLabel = "PATH", description = "only of the mount at this path")
    private @Nullable String mount;

    @Option(names = "--due-before", paramLabel = "TIME", description = "due before then: 2026-01-31T12:00:00Z")
    private @Nullable String dueBefore;

    @Option(names = "--after", paramLabel = "CURSOR", description = "go on after this one, as the last page said")
    private @Nullable String after;

    @Option(names = "--limit", paramLabel = "N", description = "at most so many (default: 1000, the most there can be)")
    private int limit = 1000;

    @Override
    public int run(Session session) {
        Call call = Call.read("sys/leases/query").with("limit", String.valueOf(limit));
        call = with(call, "prefix", prefix);
        call = with(call, "state", state);
        call = with(call, "holder", holder);
        call = with(call, "mount", mount);
        call = with(call, "due_before", dueBefore);
        call = with(call, "after", after);
        Reply page = session.broker().send(call);
        session.printer().reply(page, reply -> show(session, reply));
        String next = Cells.of(page.said().path("next"));
        if (!next.isEmpty()) {
            session.printer().note("there may be more: --after " + next);
        }
        return Action.ok();
    }

    private static Call with(Call call, String name, @Nullable String value) {
        return value == null ? call : call.with(name, value);
    }

    private static void show(Session session, Reply reply) {
        Table table = new Table("Lease", "Path", "State", "Holder", "Expires in", "Reason", "Error");
        for (JsonNode lease : reply.said().path("leases")) {
            String id = Cells.of(lease.path("id"));
            table.row(
                    id.isEmpty() ? "#" + Cells.of(lease.path("number")) : id,
                    Cells.of(lease.path("path")),
                    Cells.of(lease.path("state")),
                    Cells.of(lease.path("holder")),
                    left(lease),
                    Cells.of(lease.path("reason")),
                    Cells.of(lease.path("last_error")));
        }
        session.printer().table(table);
    }

    private static String left(JsonNode lease) {
        return lease.path("expire_time").isNull()
                ? "never"
                : Display.seconds(lease.path("ttl").asLong());
    }
}
