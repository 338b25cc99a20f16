package io.daypass.cli.ssh.client;

import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.ssh.certificate.Certificate;
import io.daypass.cli.ssh.certificate.Preferences;
import io.daypass.cli.ssh.certificate.Signer;
import picocli.CommandLine.Command;

/**
 * {@code ssh fresh}: renews the certificate of {@code ssh setup}. The launcher comes here only when that is due, and holds
 * the lock meanwhile.
 */
@Command(
        description =
                "Asked by ssh before each connection to a host that ssh setup named. While the certificate is valid"
                        + " the launcher answers by itself. Of any number that ask at once when it isn't, one has it renewed, and"
                        + " the others wait for that.",
        footer = "  daypass ssh fresh")
public final class Fresh implements Action {
    @Override
    public int run(Session session) {
        ClientFiles files = ClientFiles.of(session);
        String key = files.key();
        Preferences preferences = new Preferences(session);
        try {
            Certificate certificate = new Signer(session, preferences.kept("mount"), preferences.kept("role"))
                    .sign(key, Signer.Wanted.user(preferences.kept("user"), null));
            files.keep(certificate, session.shell().clock().instant());
            return Action.ok();
        } catch (Failure failed) {
            files.keepFailure(session.shell().clock().instant());
            throw failed;
        }
    }
}
