package io.daypass.cli.lease;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import io.daypass.cli.http.Call;
import io.daypass.cli.http.Json;
import io.daypass.cli.http.Reply;
import io.daypass.cli.shell.Failure;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lease revoke}: ends leases. */
@Command(
        description =
                "Once this has answered, the lease ends for certain; a target that can't be reached is tried until"
                        + " it can.",
        footer = {
            "  daypass lease revoke LEASE",
            "  daypass lease revoke --prefix database/creds/reader",
            "  daypass lease revoke --prefix --force database/creds/reader   # forget what the target is left with"
        })
public final class RevokeLease implements Action {
    @Parameters(arity = "1..*", paramLabel = "LEASE", description = "ids; or prefixes of their paths, with --prefix")
    private List<String> leases = new ArrayList<>();

    @Option(names = "--prefix", description = "all leases below this path")
    private boolean prefix;

    @Option(
            names = {"--force", "-f"},
            description = "with --prefix: forget them although the target may still know their users")
    private boolean force;

    @Option(names = "--async", description = "don't wait for the target")
    private boolean async;

    @Override
    public int run(Session session) {
        if (force && !prefix) {
            throw Failure.usage("--force goes with --prefix only", "daypass lease revoke --prefix --force PATH");
        }
        if (leases.stream().anyMatch(String::isBlank)) {
            throw Failure.usage(prefix ? "the prefix is empty" : "the lease's id is empty", "daypass lease list");
        }
        for (String lease : leases) {
            boolean unknown = !prefix && isUnknown(session, lease);
            Reply reply = session.broker().send(call(lease));
            session.printer().reply(reply);
            if (unknown) {
                session.printer().note("there is no lease " + lease + ": it has ended before, or the id is not right");
            } else {
                session.printer()
                        .note((reply.status() == 202 ? "ending: " : "revoked: ")
                                + lease
                                + (prefix ? " and below" : ""));
            }
        }
        return Action.ok();
    }

    /**
     * Whether the broker knows of no such lease, which its answer to the revocation doesn't tell; false if it doesn't say,
     * as to those who may revoke and not look up.
     */
    private static boolean isUnknown(Session session, String lease) {
        Call lookup = Call.write("sys/leases/lookup", Json.object().put("lease_id", lease));
        return session.broker().exchange(lookup).status() == 400;
    }

    private Call call(String lease) {
        ObjectNode body = Json.object();
        if (async) {
            body.put("sync", false);
        }
        if (prefix) {
            return Call.write("sys/leases/" + (force ? "revoke-force/" : "revoke-prefix/") + lease, body);
        }
        return Call.write("sys/leases/revoke", body.put("lease_id", lease));
    }
}
