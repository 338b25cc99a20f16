package io.daypass.cli.contexts;

import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import io.daypass.cli.context.Context;
import io.daypass.cli.context.Endpoint;
import io.daypass.cli.context.Setting;
import io.daypass.cli.shell.Failure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code context save}: remembers the broker that is spoken to now: its address, its authority, the token. */
@Command(
        description = "The token is kept in a file that only you can read.",
        footer = {
            "  DAYPASS_ADDR=https://broker:8200 DAYPASS_TOKEN=... DAYPASS_CACERT=ca.pem daypass context save production",
            "  daypass context use production"
        })
public final class SaveContext implements Action {
    @Parameters(index = "0", paramLabel = "NAME", description = "its name")
    private String name = "";

    @Override
    public int run(Session session) {
        if (!Context.isName(name) || name.equals(Context.DEV)) {
            throw Failure.usage(
                    "a context can't have that name",
                    "use small letters, digits, '.', '_' and '-'; dev is the dev server's own");
        }
        Endpoint endpoint = session.settings().endpoint();
        session.contexts()
                .save(new Context(
                        name,
                        endpoint.address().value().toString(),
                        value(endpoint.authority()),
                        value(endpoint.bearer()),
                        0));
        session.printer().note("saved: " + session.contexts().file(name));
        return Action.ok();
    }

    private static <T> @Nullable T value(@Nullable Setting<T> setting) {
        return setting == null ? null : setting.value();
    }
}
