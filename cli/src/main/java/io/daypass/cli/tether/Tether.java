package io.daypass.cli.tether;

import io.daypass.cli.command.Session;
import io.daypass.cli.http.Reply;
import io.daypass.cli.output.Credentials;
import io.daypass.cli.shell.Display;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.shell.Pause;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A program with a lease that lives as long as it does. When the program ends, the lease is revoked. When we are killed
 * instead, nobody renews it, so it is over in half a minute.
 */
final class Tether {
    private static final int REVOCATIONS = 4;

    private final Session session;
    private final String path;
    private final Map<String, String> renamed;
    private final boolean endsWithLease;

    /**
     * @param session where everything comes from
     * @param path what issues the lease
     * @param renamed variables for fields of the lease
     * @param endsWithLease whether the program is asked to end when the lease is gone
     */
    Tether(Session session, String path, Map<String, String> renamed, boolean endsWithLease) {
        this.session = session;
        this.path = path;
        this.renamed = Map.copyOf(renamed);
        this.endsWithLease = endsWithLease;
    }

    /**
     * Runs a program with a lease.
     *
     * @return what it ended with
     */
    int run(List<String> command) {
        Hold hold = Hold.take(session.broker(), path);
        session.printer().warnings(hold.issued());
        Child child;
        try {
            Map<String, String> variables = Credentials.of(hold.issued(), renamed);
            child = Child.start(command, environment -> Credentials.put(variables, environment));
        } catch (Failure notStarted) {
            revoke(hold);
            throw notStarted;
        }
        Keeper keeper = new Keeper(hold, this::say, () -> lost(child), System::nanoTime);
        Thread renewing = new Thread(keeper, "renewing");
        renewing.setDaemon(true);
        renewing.start();
        int code = child.waitFor();
        keeper.stop();
        revoke(hold);
        return code;
    }

    private void lost(Child child) {
        if (endsWithLease) {
            say("its program is asked to end (SIGTERM), since it can't go on without; start it again for a new lease");
            child.terminate();
        } else {
            say("the session is over; start again for a new one");
        }
    }

    private void revoke(Hold hold) {
        Failure last = null;
        for (int attempt = 1; attempt <= REVOCATIONS; attempt++) {
            try {
                Reply reply = hold.revoke();
                session.printer().warnings(reply);
                return;
            } catch (Failure failed) {
                last = failed;
                Pause.of(Duration.ofMillis(300));
            }
        }
        say("the lease could not be revoked: " + (last == null ? "" : last.text()));
        say("nobody renews it any more, so it ends by itself within "
                + Display.seconds(hold.length().toSeconds()));
    }

    private void say(String text) {
        session.shell().err().println("daypass: " + Display.line(text));
    }
}
