package io.daypass.cli.secrets;

import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import io.daypass.cli.http.Call;
import io.daypass.cli.http.Reply;
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
        boolean unknown = isUnknown(session, at);
        session.printer().reply(session.broker().send(Call.delete("sys/mounts/" + at)));
        session.printer()
                .note(
                        unknown
                                ? "nothing was mounted at " + at + "/"
                                : "unmounted: " + at + "/ (its leases are being revoked)");
        return Action.ok();
    }

    /** Whether the broker says that there is no such mount, which its answer to unmounting doesn't tell. */
    private static boolean isUnknown(Session session, String at) {
        Reply mounts = session.broker().exchange(Call.read("sys/mounts"));
        return mounts.status() == 200 && !mounts.said().has(at + "/");
    }
}
