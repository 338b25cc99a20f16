package io.daypass.cli.lease;

import com.fasterxml.jackson.databind.JsonNode;
import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import io.daypass.cli.http.Call;
import io.daypass.cli.http.Reply;
import io.daypass.cli.output.Cells;
import io.daypass.cli.output.Table;
import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code who}: leads from what was seen of a credential to whoever holds it. */
@Command(
        description = "Also for some days after it has ended. Needs update on sys/leases/who.",
        footer = {
            "  daypass who d-alice-reader-1ks0a9fjw2k7d1x-1764000000",
            "  daypass who 17 --ca SHA256:...",
            "  journalctl -u ssh | grep Accepted | tail -1 | daypass who -"
        })
public final class Who implements Action {
    private static final int MOST = 1024 * 1024;

    @Parameters(
            arity = "1..*",
            paramLabel = "X",
            description = "a user in pg_stat_activity, a certificate's serial, a line of sshd's log, or a lease's id;"
                    + " - reads it")
    private List<String> words = List.of();

    @Option(names = "--ca", paramLabel = "FINGERPRINT", description = "of the CA, if X is a serial: SHA256:...")
    private @Nullable String ca;

    @Override
    public int run(Session session) {
        String text = words.equals(List.of("-")) ? read(session) : String.join(" ", words);
        Call call = Call.write("sys/leases/who", Clue.of(text, Optional.ofNullable(ca)));
        session.printer().reply(session.broker().send(call), reply -> show(session, reply));
        return Action.ok();
    }

    private static String read(Session session) {
        try {
            return new String(session.shell().in().readNBytes(MOST), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw Failure.because(unreadable, Exit.LOCAL, "standard input can't be read");
        }
    }

    private static void show(Session session, Reply reply) {
        JsonNode leases = reply.said().path("leases");
        if (leases.size() == 1) {
            Table table = new Table("Key", "Value");
            for (Map.Entry<String, JsonNode> member : leases.get(0).properties()) {
                String value = Cells.of(member.getValue());
                if (!value.isEmpty()) {
                    table.row(member.getKey(), value);
                }
            }
            session.printer().table(table);
            return;
        }
        Table table = new Table("Lease", "State", "Holder", "Accessor", "Issued", "Ended", "Reason");
        for (JsonNode lease : leases) {
            table.row(
                    Cells.of(lease.path("lease_id")),
                    Cells.of(lease.path("state")),
                    Cells.of(lease.path("holder")),
                    Cells.of(lease.path("accessor")),
                    Cells.of(lease.path("issue_time")),
                    Cells.of(lease.path("end_time")),
                    Cells.of(lease.path("reason")));
        }
        session.printer().table(table);
        session.printer()
                .note(
                        "each mount counts its own serials: --ca, with the CA's fingerprint that sshd logged, tells which");
    }
}
