package io.daypass.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.daypass.cli.http.Broker;
import io.daypass.cli.http.Call;
import io.daypass.cli.http.Json;
import io.daypass.cli.http.Reply;
import io.daypass.cli.output.Printer;
import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.shell.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Shows what a call answered. What was issued and can't be shown is taken back: nobody would hold it, and nobody would
 * think of ending it.
 */
public final class Handover {
    private Handover() {}

    /** Shows a reply as {@link Printer#reply(Reply)} does. */
    public static void show(Session session, Reply reply) {
        shown(session, reply, () -> session.printer().reply(reply));
    }

    /** Shows a reply as {@link Printer#reply(Reply, Consumer)} does. */
    public static void show(Session session, Reply reply, Consumer<Reply> table) {
        shown(session, reply, () -> session.printer().reply(reply, table));
    }

    private static void shown(Session session, Reply reply, Runnable showing) {
        try {
            showing.run();
        } catch (Failure unshown) {
            String fate = takenBack(session.broker(), reply);
            List<String> next = new ArrayList<>(unshown.next());
            throw Failure.because(unshown, unshown.exit(), unshown.text() + fate, next.toArray(String[]::new));
        }
        // Flushes, and tells whether all of it could be written so far.
        if (session.shell().out().checkError()) {
            String fate = takenBack(session.broker(), reply);
            if (!fate.isEmpty()) {
                throw Failure.of(Exit.LOCAL, "standard output can't be written to" + fate, "look at where it goes to");
            }
        }
    }

    /** What became of what was issued, as the end of a sentence; empty if nothing was. */
    private static String takenBack(Broker broker, Reply reply) {
        String lease = reply.leaseId();
        JsonNode auth = reply.body().path("auth");
        if (!lease.isEmpty()) {
            Call revoke = Call.write("sys/leases/revoke", Json.object().put("lease_id", lease));
            return fate(broker, revoke, "the lease", "daypass lease revoke " + lease);
        }
        if (auth.path("client_token").isTextual()) {
            Broker itself = broker.as(Secret.of(auth.get("client_token").asText()));
            String accessor = auth.path("accessor").asText();
            return fate(
                    itself,
                    Call.write("auth/token/revoke-self", Json.object()),
                    "the token",
                    "daypass token revoke --accessor " + accessor);
        }
        return "";
    }

    private static String fate(Broker broker, Call revoke, String what, String otherwise) {
        try {
            broker.send(revoke);
            return "; so " + what + " that was issued is revoked again";
        } catch (Failure alive) {
            return "; " + what + " that was issued could not be revoked again (" + alive.text() + "): " + otherwise;
        }
    }
}
