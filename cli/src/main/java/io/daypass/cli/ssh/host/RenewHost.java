package io.daypass.cli.ssh.host;

import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import io.daypass.cli.http.Broker;
import io.daypass.cli.http.Call;
import io.daypass.cli.http.Json;
import io.daypass.cli.http.Refusal;
import io.daypass.cli.http.Reply;
import io.daypass.cli.shell.Display;
import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.ssh.certificate.Certificate;
import io.daypass.cli.ssh.certificate.Preferences;
import io.daypass.cli.ssh.certificate.PublicKeyFile;
import io.daypass.cli.ssh.certificate.Signer;
import io.daypass.cli.ssh.certificate.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ssh host-renew}: renews the certificate by which a host shows that it is the right one. */
@Command(
        description = {
            "Does nothing while a third of its life is left, but let the host's token live on. A new certificate is written"
                    + " beside, synced and renamed; then sshd is told to by --reload: from OpenSSH 9.8 on it reads it only then. If"
                    + " that fails it is tried again the next time.",
            "",
            "The unit that ssh host-setup writes runs this every hour."
        },
        footer = {
            "  daypass ssh host-renew -r hosts --principal web1.example --reload 'systemctl reload ssh'"
                    + " /etc/ssh/ssh_host_ed25519_key",
        })
public final class RenewHost implements Action {
    @Parameters(index = "0", paramLabel = "HOSTKEY", description = "what HostKey names, or its .pub")
    private Path hostKey = Path.of("");

    @Option(
            names = {"-r", "--role"},
            paramLabel = "ROLE",
            description = "which role signs (DAYPASS_SSH_ROLE)")
    private @Nullable String role;

    @Option(names = "--mount", paramLabel = "PATH", description = "where the engine is (DAYPASS_SSH_MOUNT; ssh)")
    private @Nullable String mount;

    @Option(
            names = "--principal",
            required = true,
            paramLabel = "NAME",
            description = "what the host is called (again for more)")
    private List<String> names = new ArrayList<>();

    @Option(names = "--certificate", paramLabel = "FILE", description = "what HostCertificate names (HOSTKEY-cert.pub)")
    private @Nullable Path file;

    @Option(names = "--reload", paramLabel = "COMMAND", description = "what makes sshd read it, by /bin/sh")
    private @Nullable String reload;

    @Override
    public int run(Session session) {
        PublicKeyFile key = PublicKeyFile.read(hostKey);
        HostCertificate at = new HostCertificate(file == null ? key.certificate() : file, key, names);
        Preferences preferences = new Preferences(session);
        Signer signer = Signer.ofHost(session, session.broker(), preferences.mount(mount), preferences.role(role));
        Instant now = session.shell().clock().instant();
        boolean due = at.isDue(now);
        prolong(session, session.broker(), at, due);
        if (due) {
            renew(session, signer, key, at, now);
        } else {
            at.present()
                    .ifPresent(one -> session.printer()
                            .note(at.file() + " is renewed in "
                                    + Display.seconds(
                                            HostCertificate.untilDue(one, now).toSeconds())));
        }
        tell(session, at);
        return Action.ok();
    }

    private void renew(Session session, Signer signer, PublicKeyFile key, HostCertificate at, Instant now) {
        try {
            Certificate certificate = signer.sign(key.line(), Signer.Wanted.host(names));
            WholeFile.write(HostCertificate.unread(at.file()), new byte[0], Mirror.MODE);
            at.write(certificate);
            session.printer()
                    .note(at.file() + " is for " + String.join(", ", certificate.principals()) + ", and ends in "
                            + Display.seconds(
                                    HostCertificate.left(certificate, now).toSeconds()));
        } catch (Failure failed) {
            throw Failure.because(
                    failed,
                    failed.exit(),
                    failed.text() + "; " + state(at, now),
                    failed.next().toArray(String[]::new));
        }
    }

    /**
     * Lets the token live on, with which the certificate ends. A token that is gone is an error at once, and not only when the
     * certificate is due.
     */
    private static void prolong(Session session, Broker broker, HostCertificate at, boolean due) {
        String warning;
        try {
            Reply reply = broker.exchange(Call.write("auth/token/renew-self", Json.object()));
            if (reply.status() < 300) {
                return;
            }
            warning = Refusal.said(reply);
            if (reply.status() == 403 && !due) {
                throw Failure.of(
                        Exit.DENIED,
                        "the host's token has ended or may not renew itself: " + warning + "; "
                                + state(at, session.shell().clock().instant()),
                        "daypass ssh host-setup --apply --host-role ROLE --host-token FILE   # with another one");
            }
        } catch (Failure away) {
            if (away.exit() != Exit.BUSY) {
                throw away;
            }
            warning = away.text();
        }
        session.printer().note("warning: the host's token doesn't live longer by this: " + warning);
    }

    private static String state(HostCertificate at, Instant now) {
        return at.present()
                .map(one -> {
                    Duration left = HostCertificate.left(one, now);
                    return left.isNegative()
                            ? at.file() + " has ended " + Display.seconds(-left.toSeconds()) + " ago"
                            : at.file() + " is good for another " + Display.seconds(left.toSeconds());
                })
                .orElse("there is no " + at.file() + " yet");
    }

    private void tell(Session session, HostCertificate at) {
        if (!Files.exists(HostCertificate.unread(at.file()))) {
            return;
        }
        if (reload == null) {
            session.printer().note("sshd reads it when it is told to: systemctl reload ssh");
        } else {
            Ran ran = Ran.shell(reload);
            if (!ran.isGood()) {
                throw Failure.of(
                        Exit.LOCAL,
                        "the certificate is there, but sshd wasn't told to read it: " + ran.reason(),
                        reload + "   # the next run tries it again");
            }
        }
        try {
            Files.deleteIfExists(HostCertificate.unread(at.file()));
        } catch (IOException kept) {
            throw Failure.because(
                    kept,
                    Exit.LOCAL,
                    "can't remove " + HostCertificate.unread(at.file()) + ": " + WholeFile.reason(kept));
        }
    }
}
