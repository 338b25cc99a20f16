package io.daypass.cli.secrets;

import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import io.daypass.cli.http.Call;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code secrets disable}: unmounts an engine, which revokes every lease under it. */
@Command(
        description = "Every lease under the mount is revoked, and its configuration is deleted.",
        footer = "  daypass secrets disable database")
public final class Disable implements Action {
    @Parameters(index = "0", paramLabel = "PATH", description = "the mount")
    private String path = "";

    @Override
    public int run(Session session) {
        String at = Mounts.trim(path);
        session.printer().reply(session.broker().send(Call.delete("sys/mounts/" + at)));
        session.printer().note("unmounted: " + at + "/ (its leases are being revoked)");
        return Action.ok();
    }
}
