package io.daypass.cli.contexts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import io.daypass.cli.context.Endpoint;
import io.daypass.cli.context.Setting;
import io.daypass.cli.context.Settings;
import io.daypass.cli.http.Json;
import io.daypass.cli.http.Reply;
import io.daypass.cli.output.Cells;
import io.daypass.cli.output.Table;
import io.daypass.cli.shell.Display;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code context show}: shows which broker commands speak to, and who chose it. */
@Command(
        description = {
            "Flags win over DAYPASS_*, then BAO_*, then VAULT_* (ADDR, TOKEN, CACERT, FORMAT, CLIENT_TIMEOUT), then the"
                    + " current context. Whoever gives the address gives the token; only --token and DAYPASS_TOKEN may"
                    + " stand alone."
        },
        footer = "  daypass context show --origin")
public final class ShowContext implements Action {
    @Option(names = "--origin", description = "say of each value who chose it")
    private boolean origin;

    @Override
    public int run(Session session) {
        Settings settings = session.settings();
        Endpoint endpoint = settings.endpoint();
        ObjectNode data = Json.object();
        put(data, "address", endpoint.address());
        put(data, "token", endpoint.bearer());
        put(data, "ca", summary(endpoint.authority()));
        put(data, "format", settings.format());
        put(data, "timeout", settings.timeout());
        session.printer().reply(new Reply(200, data), reply -> show(session, data));
        return Action.ok();
    }

    private void put(ObjectNode data, String name, @Nullable Setting<?> setting) {
        String value = setting == null ? null : text(setting.value());
        if (origin) {
            data.putObject(name).put("value", value).put("origin", setting == null ? "nobody" : setting.origin());
        } else {
            data.put(name, value);
        }
    }

    private static String text(Object value) {
        return value instanceof Duration duration ? Display.seconds(duration.toSeconds()) : value.toString();
    }

    private static @Nullable Setting<String> summary(@Nullable Setting<String> pem) {
        return pem == null ? null : new Setting<>("(" + pem.value().length() + " characters of PEM)", pem.origin());
    }

    private void show(Session session, ObjectNode data) {
        Table table = origin ? new Table("Key", "Value", "Chosen by") : new Table("Key", "Value");
        data.properties().forEach(member -> {
            if (origin) {
                table.row(
                        member.getKey(),
                        Cells.of(member.getValue().path("value")),
                        Cells.of(member.getValue().path("origin")));
            } else {
                table.row(member.getKey(), Cells.of(member.getValue()));
            }
        });
        session.printer().table(table);
    }
}
