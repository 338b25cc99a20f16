package io.daypass.cli.basic;

import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import io.daypass.cli.http.Call;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code delete}: deletes what is at a path. */
@Command(footer = "  daypass delete database/roles/reader")
public final class Delete implements Action {
    @Parameters(index = "0", paramLabel = "PATH", description = "what to delete")
    private String path = "";

    @Override
    public int run(Session session) {
        Call call = Call.delete(path);
        session.printer().reply(session.broker().send(call));
        session.printer().note("deleted: " + call.path());
        return Action.ok();
    }
}
