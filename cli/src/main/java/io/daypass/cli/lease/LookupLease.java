package io.daypass.cli.lease;

import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import io.daypass.cli.http.Call;
import io.daypass.cli.http.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code lease lookup}: shows all about a lease. */
@Command(footer = "  daypass lease lookup LEASE")
public final class LookupLease implements Action {
    @Parameters(index = "0", paramLabel = "LEASE", description = "its id")
    private String id = "";

    @Override
    public int run(Session session) {
        session.printer()
                .reply(session.broker()
                        .send(Call.write("sys/leases/lookup", Json.object().put("lease_id", id))));
        return Action.ok();
    }
}
