package io.daypass.cli.contexts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import io.daypass.cli.context.Context;
import io.daypass.cli.context.ContextStore;
import io.daypass.cli.http.Json;
import io.daypass.cli.http.Reply;
import io.daypass.cli.output.Cells;
import io.daypass.cli.output.Table;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code context ls}: shows the brokers that are remembered. */
@Command(footer = "  daypass context ls")
public final class ListContexts implements Action {
    @Override
    public int run(Session session) {
        ContextStore store = session.contexts();
        String current = store.chosen().orElse(Context.DEV);
        ObjectNode data = Json.object();
        ArrayNode shown = data.putArray("contexts");
        for (String name : store.names()) {
            Optional<Context> context = store.find(name);
            context.ifPresent(found -> shown.addObject()
                    .put("name", name)
                    .put("address", found.address())
                    .put("current", name.equals(current)));
        }
        session.printer().reply(new Reply(200, data), reply -> {
            Table table = new Table("", "Name", "Address");
            shown.forEach(context -> table.row(
                    context.path("current").asBoolean() ? "*" : "",
                    Cells.of(context.path("name")),
                    Cells.of(context.path("address"))));
            session.printer().table(table);
        });
        return Action.ok();
    }
}
