package io.daypass.cli.basic;

import com.fasterxml.jackson.databind.JsonNode;
import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import io.daypass.cli.http.Broker;
import io.daypass.cli.http.Call;
import io.daypass.cli.http.Reply;
import io.daypass.cli.output.Cells;
import io.daypass.cli.output.Table;
import io.daypass.cli.shell.Exit;
import picocli.CommandLine.Command;

/** {@code status}: whether the broker is there, and open. */
@Command(
        description = "Ends with 0 if the broker serves, with 5 if it is sealed, not initialized or unreachable.",
        footer = {"  daypass status", "  until daypass status -q; do sleep 1; done"})
public final class Status implements Action {
    @Override
    public int run(Session session) {
        Broker broker = session.broker();
        Reply status = broker.send(Call.read("sys/seal-status"));
        JsonNode said = status.body();
        session.printer().reply(status, reply -> show(session, broker, said));
        boolean serves =
                said.path("initialized").asBoolean() && !said.path("sealed").asBoolean();
        if (!said.path("initialized").asBoolean()) {
            session.printer().note("not initialized: daypass operator init");
        } else if (!serves) {
            session.printer().note("sealed: daypass operator unseal");
        }
        return serves ? Action.ok() : Exit.BUSY.code();
    }

    private static void show(Session session, Broker broker, JsonNode said) {
        Table table = new Table("Key", "Value");
        table.row("address", broker.target().address().toString());
        table.row("chosen by", broker.target().origin());
        table.row("initialized", Cells.of(said.path("initialized")));
        table.row("sealed", Cells.of(said.path("sealed")));
        table.row("seal type", Cells.of(said.path("type")));
        if (said.path("sealed").asBoolean() && said.path("t").asInt() > 0) {
            table.row("unseal progress", Cells.of(said.path("progress")) + " of " + Cells.of(said.path("t")));
        }
        table.row("version", Cells.of(said.path("version")));
        if (!Cells.of(said.path("cluster_name")).isEmpty()) {
            table.row("cluster", Cells.of(said.path("cluster_name")));
        }
        session.printer().table(table);
    }
}
