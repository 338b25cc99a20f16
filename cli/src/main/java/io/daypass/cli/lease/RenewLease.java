package io.daypass.cli.lease;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import io.daypass.cli.http.Call;
import io.daypass.cli.http.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lease renew}: lets a lease live on. */
@Command(footer = {"  daypass lease renew LEASE", "  daypass lease renew --increment 30m LEASE"})
public final class RenewLease implements Action {
    @Parameters(index = "0", paramLabel = "LEASE", description = "its id")
    private String id = "";

    @Option(
            names = {"--increment", "-i"},
            paramLabel = "DURATION",
            description = "how long from now on; the reply says how long it really is")
    private @Nullable String increment;

    @Override
    public int run(Session session) {
        ObjectNode body = Json.object().put("lease_id", id);
        if (increment != null) {
            body.put("increment", increment);
        }
        session.printer().reply(session.broker().send(Call.write("sys/leases/renew", body)));
        return Action.ok();
    }
}
