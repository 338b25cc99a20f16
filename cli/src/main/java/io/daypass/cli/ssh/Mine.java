package io.daypass.cli.ssh;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import io.daypass.cli.http.Call;
import io.daypass.cli.http.Json;
import io.daypass.cli.http.Reply;
import io.daypass.cli.output.Cells;
import io.daypass.cli.output.Table;
import io.daypass.cli.shell.Display;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.ssh.certificate.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code ssh ls}: shows the certificates that were given to this user on this machine, and when they end. */
@Command(
        description = "Shows what was asked for here by ssh, ssh cert and ssh setup and hasn't ended. Whether one was"
                + " revoked, the broker is asked; without it, or of another broker's, the state is unknown.",
        footer = {"  daypass ssh ls", "  daypass ssh ls -o json"})
public final class Mine implements Action {
    @Override
    public int run(Session session) {
        Ledger ledger = new Ledger(session);
        Instant now = session.shell().clock().instant();
        ObjectNode body = Json.object();
        ArrayNode all = body.putObject("data").putArray("certificates");
        String own = session.broker().target().address().toString();
        boolean reachable = true;
        for (Ledger.Entry entry : ledger.entries()) {
            State state = State.UNKNOWN;
            if (reachable && entry.address().equals(own)) {
                try {
                    state = ask(session, entry);
                } catch (Failure away) {
                    reachable = false;
                    session.printer().note("warning: " + away.text());
                }
            }
            if (state == State.REVOKED) {
                ledger.forget(entry);
            }
            all.addObject()
                    .put("serial", Long.toUnsignedString(entry.serial()))
                    .put("principals", entry.principals())
                    .put("type", entry.host() ? "host" : "user")
                    .put("role", entry.role())
                    .put("state", state.name().toLowerCase(Locale.ROOT))
                    .put("ends", entry.ends().toString())
                    .put("ttl", Duration.between(now, entry.ends()).toSeconds())
                    .put("key_id", entry.keyId())
                    .put("address", entry.address())
                    .put("lease_id", entry.lease());
        }
        session.printer().reply(new Reply(200, body), reply -> show(session, reply));
        return Action.ok();
    }

    private static State ask(Session session, Ledger.Entry entry) {
        int status = session.broker()
                .exchange(Call.write("sys/leases/lookup", Json.object().put("lease_id", entry.lease())))
                .status();
        return switch (status) {
            case 200 -> State.VALID;
            case 400 -> State.REVOKED;
            default -> State.UNKNOWN;
        };
    }

    private static void show(Session session, Reply reply) {
        Table table = new Table("Serial", "For", "Role", "State", "Ends in", "Lease");
        reply.said()
                .path("certificates")
                .forEach(one -> table.row(
                        Cells.of(one.path("serial")),
                        Cells.of(one.path("principals")),
                        Cells.of(one.path("role")),
                        Cells.of(one.path("state")),
                        Display.seconds(one.path("ttl").asLong()),
                        Cells.of(one.path("lease_id"))));
        session.printer().table(table);
    }

    private enum State {
        VALID,
        REVOKED,
        UNKNOWN
    }
}
