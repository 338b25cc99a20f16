package io.daypass.cli.ssh;

import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import io.daypass.cli.http.Call;
import io.daypass.cli.http.Json;
import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.ssh.certificate.Ledger;
import io.daypass.cli.ssh.client.ClientFiles;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ssh revoke}: ends certificates that were given to this user on this machine. */
@Command(
        description = "Hosts refuse them once they have fetched the revocation list. Sessions that are open stay open.",
        footer = {"  daypass ssh revoke 17", "  daypass ssh revoke --all"})
public final class RevokeMine implements Action {
    @Parameters(arity = "0..*", paramLabel = "SERIAL", description = "serials or leases, as ssh ls shows them")
    private List<String> wanted = new ArrayList<>();

    @Option(names = "--all", description = "all that ssh ls shows of this broker's")
    private boolean all;

    @Override
    public int run(Session session) {
        if (all == !wanted.isEmpty()) {
            throw Failure.usage("name serials, or --all", "daypass ssh ls");
        }
        Ledger ledger = new Ledger(session);
        String own = session.broker().target().address().toString();
        List<Ledger.Entry> mine = ledger.entries().stream()
                .filter(entry -> entry.address().equals(own))
                .toList();
        List<Ledger.Entry> chosen = all
                ? mine
                : wanted.stream().map(name -> find(mine, name)).distinct().toList();
        Set<String> said = new HashSet<>();
        for (Ledger.Entry entry : chosen) {
            session.printer()
                    .warnings(
                            session.broker()
                                    .send(Call.write(
                                            "sys/leases/revoke", Json.object().put("lease_id", entry.lease()))),
                            said);
            ledger.forget(entry);
            ClientFiles.of(session).forget(entry.serial());
            session.printer().note("revoked: " + Long.toUnsignedString(entry.serial()) + " for " + entry.principals());
        }
        return Action.ok();
    }

    private static Ledger.Entry find(List<Ledger.Entry> mine, String name) {
        List<Ledger.Entry> found = mine.stream()
                .filter(entry -> entry.lease().equals(name)
                        || Long.toUnsignedString(entry.serial()).equals(name))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        if (found.isEmpty()) {
            throw Failure.of(
                    Exit.NOT_FOUND,
                    "no certificate of this broker's with the serial or lease " + name + " was given out here",
                    "daypass ssh ls",
                    "daypass lease revoke LEASE   # for one that was given out elsewhere");
        }
        throw Failure.usage(
                "more than one mount has given out the serial " + name + ": name the lease", "daypass ssh ls");
    }
}
