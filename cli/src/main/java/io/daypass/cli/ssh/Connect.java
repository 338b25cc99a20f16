package io.daypass.cli.ssh;

import io.daypass.cli.command.PassesOn;
import io.daypass.cli.command.Session;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.shell.Programs;
import io.daypass.cli.ssh.certificate.Certificate;
import io.daypass.cli.ssh.certificate.LoginKey;
import io.daypass.cli.ssh.certificate.Preferences;
import io.daypass.cli.ssh.certificate.Signer;
import io.daypass.cli.tether.Child;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ssh}: logs in with a key and a certificate that are made for this login. */
@Command(
        customSynopsis = "daypass ssh [-r ROLE] [OPTIONS] [USER@]HOST [-- SSH'S ARGUMENTS]",
        description = {
            "Makes a key, has it signed, runs the system's ssh, and ends as that does. Where an ssh-agent runs"
                    + " (SSH_AUTH_SOCK), the private key goes there and never to disk; the agent forgets it with the"
                    + " certificate, and is asked to when ssh ends. Else it is a file that nobody else can read, and that"
                    + " is removed when ssh ends.",
            "",
            "Without USER the login is whoever the role's certificates are for. A host that is called like a command"
                    + " (ls, cert) is written behind -r or with its domain."
        },
        footer = {
            "  daypass ssh -r dev web1.example",
            "  daypass ssh deploy@web1.example -- -p 2222 uptime",
            "  daypass ssh web1.example --reason 'ticket 1711' -- -L 5432:localhost:5432 -N"
        })
public final class Connect implements PassesOn {
    @Parameters(index = "0", paramLabel = "[USER@]HOST", description = "where to, and as whom")
    private String destination = "";

    @Option(
            names = {"-r", "--role"},
            paramLabel = "ROLE",
            description = "which role signs (DAYPASS_SSH_ROLE, ssh setup)")
    private @Nullable String role;

    @Option(names = "--mount", paramLabel = "PATH", description = "where the engine is (DAYPASS_SSH_MOUNT; ssh)")
    private @Nullable String mount;

    @Option(names = "--ttl", paramLabel = "DURATION", description = "a shorter life than the role's")
    private @Nullable String ttl;

    private List<String> arguments = List.of();

    @Override
    public void passOn(List<String> rest) {
        arguments = List.copyOf(rest);
    }

    @Override
    public int run(Session session) {
        Destination to = Destination.parse(destination);
        String ssh = Programs.find(session.shell(), "ssh");
        Preferences preferences = new Preferences(session);
        Signer signer = new Signer(session, preferences.mount(mount), preferences.role(role));
        LoginKey key = LoginKey.make();
        Certificate certificate = signer.sign(key.line(), Signer.Wanted.user(to.user(), ttl));
        try (Loan loan = Loan.of(session, key, certificate)) {
            List<String> command = new ArrayList<>(List.of(ssh));
            command.addAll(loan.options());
            command.addAll(List.of("-l", user(to, certificate), to.host()));
            command.addAll(arguments);
            return Child.start(command, environment -> {}).waitFor();
        }
    }

    private static String user(Destination to, Certificate certificate) {
        if (!to.user().isEmpty()) {
            return to.user();
        }
        String principal = certificate.principals().isEmpty()
                ? ""
                : certificate.principals().get(0);
        if (principal.isEmpty() || principal.startsWith("-")) {
            throw Failure.usage("the role's certificates are for nobody in particular", "daypass ssh USER@HOST");
        }
        return principal;
    }
}
