package io.daypass.cli.secrets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import io.daypass.cli.http.Call;
import io.daypass.cli.http.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code secrets tune}: shows or changes what is set for a mount. */
@Command(footer = {"  daypass secrets tune database", "  daypass secrets tune --max-lease-ttl 4h database"})
public final class Tune implements Action {
    @Parameters(index = "0", paramLabel = "PATH", description = "the mount")
    private String path = "";

    @Mixin
    private MountOptions mount = new MountOptions();

    @Override
    public int run(Session session) {
        String at = "sys/mounts/" + Mounts.trim(path) + "/tune";
        ObjectNode body = Json.object();
        mount.describe(body);
        mount.limits(body);
        if (body.isEmpty()) {
            session.printer().reply(session.broker().send(Call.read(at)));
        } else {
            session.printer().reply(session.broker().send(Call.write(at, body)));
            session.printer().note("tuned: " + Mounts.trim(path) + "/");
        }
        return Action.ok();
    }
}
