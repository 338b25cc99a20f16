package io.daypass.cli.ssh;

import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import io.daypass.cli.shell.Display;
import io.daypass.cli.ssh.certificate.Certificate;
import io.daypass.cli.ssh.certificate.Preferences;
import io.daypass.cli.ssh.certificate.PublicKeyFile;
import io.daypass.cli.ssh.certificate.Signer;
import io.daypass.cli.ssh.certificate.WholeFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ssh cert}: has a key that is there signed, and writes nothing but its certificate. */
@Command(
        description = "Writes id_ed25519-cert.pub beside id_ed25519.pub, where ssh finds it by itself; whole or not at"
                + " all. The private key is neither read nor sent.",
        footer = {
            "  daypass ssh cert -r dev -i ~/.ssh/id_ed25519.pub",
            "  daypass ssh cert -r hosts --host --principal web1.example -i /etc/ssh/ssh_host_ed25519_key.pub"
        })
public final class WriteCertificate implements Action {
    @Option(
            names = {"-i", "--identity"},
            required = true,
            paramLabel = "FILE",
            description = "the public key (again for more)")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = {"-r", "--role"},
            paramLabel = "ROLE",
            description = "which role signs (DAYPASS_SSH_ROLE, ssh setup)")
    private @Nullable String role;

    @Option(names = "--mount", paramLabel = "PATH", description = "where the engine is (DAYPASS_SSH_MOUNT; ssh)")
    private @Nullable String mount;

    @Option(names = "--principal", paramLabel = "NAME", description = "a user or host (again for more; the role's)")
    private List<String> principals = new ArrayList<>();

    @Option(names = "--host", description = "for a host's key")
    private boolean host;

    @Option(names = "--ttl", paramLabel = "DURATION", description = "a shorter life than the role's")
    private @Nullable String ttl;

    @Override
    public int run(Session session) {
        Preferences preferences = new Preferences(session);
        Signer signer = new Signer(session, preferences.mount(mount), preferences.role(role));
        // All are read before one is signed.
        List<PublicKeyFile> keys = files.stream().map(PublicKeyFile::read).toList();
        for (PublicKeyFile key : keys) {
            Certificate certificate =
                    signer.sign(key.line(), new Signer.Wanted(host, String.join(",", principals), ttl));
            WholeFile.write(
                    key.certificate(), (certificate.line() + "\n").getBytes(StandardCharsets.UTF_8), "rw-r--r--");
            Duration left = Duration.between(session.shell().clock().instant(), certificate.validBefore());
            session.printer()
                    .note(key.certificate() + " is for " + String.join(", ", certificate.principals())
                            + ", serial " + Long.toUnsignedString(certificate.serial()) + ", and ends in "
                            + Display.seconds(left.toSeconds()));
        }
        return Action.ok();
    }
}
