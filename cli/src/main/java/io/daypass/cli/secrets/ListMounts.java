package io.daypass.cli.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import io.daypass.cli.http.Call;
import io.daypass.cli.http.Reply;
import io.daypass.cli.output.Cells;
import io.daypass.cli.output.Table;
import io.daypass.cli.shell.Display;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code secrets list}: which engines are mounted where. */
@Command(footer = {"  daypass secrets list", "  daypass secrets list -o json"})
public final class ListMounts implements Action {
    @Override
    public int run(Session session) {
        session.printer().reply(session.broker().send(Call.read("sys/mounts")), reply -> show(session, reply));
        return Action.ok();
    }

    private static void show(Session session, Reply reply) {
        Table table = new Table("Path", "Type", "Default TTL", "Max TTL", "Description");
        for (Map.Entry<String, JsonNode> mount : reply.said().properties()) {
            JsonNode config = mount.getValue().path("config");
            table.row(
                    mount.getKey(),
                    Cells.of(mount.getValue().path("type")),
                    ttl(config.path("default_lease_ttl")),
                    ttl(config.path("max_lease_ttl")),
                    Cells.of(mount.getValue().path("description")));
        }
        session.printer().table(table);
    }

    private static String ttl(JsonNode seconds) {
        return seconds.asLong() == 0 ? "system" : Display.seconds(seconds.asLong());
    }
}
