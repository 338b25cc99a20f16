package io.daypass.cli.ssh;

import io.daypass.cli.command.Session;
import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.ssh.certificate.Certificate;
import io.daypass.cli.ssh.certificate.LoginKey;
import io.daypass.cli.ssh.certificate.PrivateFolder;
import io.daypass.cli.ssh.wire.Agent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A key and its certificate where one ssh finds them: in the agent that runs, else in files. Closed, both are gone. */
final class Loan implements AutoCloseable {
    private final Session session;
    private final Certificate certificate;
    private final List<String> options = new ArrayList<>();
    private @Nullable Agent agent;
    private @Nullable PrivateFolder folder;

    private Loan(Session session, Certificate certificate) {
        this.session = session;
        this.certificate = certificate;
    }

    /**
     * Puts them there.
     *
     * @throws Failure if there is neither an agent nor a place for files
     */
    static Loan of(Session session, LoginKey key, Certificate certificate) {
        Loan loan = new Loan(session, certificate);
        try {
            loan.folder = PrivateFolder.make(session.shell());
        } catch (IOException unwritable) {
            if (!loan.lend(key)) {
                throw Failure.because(
                        unwritable,
                        Exit.LOCAL,
                        "the key has no place: no ssh-agent takes it, and no temporary folder can be written",
                        "eval $(ssh-agent)   # or set TMPDIR to a folder that you may write to");
            }
            return loan;
        }
        try {
            if (!loan.lend(key)) {
                loan.write(key);
            }
            return loan;
        } catch (Failure unwritable) {
            loan.close();
            throw unwritable;
        }
    }

    /** What ssh is told, so that it takes this certificate first and whatever else its configuration names after. */
    List<String> options() {
        return List.copyOf(options);
    }

    private boolean lend(LoginKey key) {
        String socket = session.shell().variable("SSH_AUTH_SOCK");
        if (socket == null) {
            return false;
        }
        Agent running = new Agent(socket);
        byte[] identity = key.forAgent(certificate, comment());
        try {
            Duration left = Duration.between(session.shell().clock().instant(), certificate.validBefore());
            if (!running.add(identity, left)) {
                note(socket, "it refuses");
                return false;
            }
        } catch (IOException dead) {
            note(socket, String.valueOf(dead.getMessage()));
            // ssh would ask it again, and wait for it without end.
            options.addAll(List.of("-o", "IdentityAgent=none"));
            return false;
        } finally {
            Arrays.fill(identity, (byte) 0);
        }
        agent = running;
        options.addAll(List.of("-o", "IdentityAgent=SSH_AUTH_SOCK"));
        if (folder != null) {
            // Public, and the only way to make ssh offer this one first, however many the agent has. Not
            // CertificateFile,
            // for which ssh looks for a private key that is no certificate's.
            Path file = folder.write("id-cert.pub", certificate.line() + "\n");
            options.addAll(List.of("-i", escaped(file), "-o", "IdentitiesOnly=yes"));
        }
        return true;
    }

    private void note(String socket, String why) {
        session.printer()
                .note("the ssh-agent at " + socket + " doesn't take the key (" + why
                        + "); it goes into a file until ssh ends");
    }

    private void write(LoginKey key) {
        if (folder == null) {
            throw new IllegalStateException("there is no folder");
        }
        Path file = folder.write("id", key.file(comment()).reveal());
        folder.write("id-cert.pub", certificate.line() + "\n");
        options.addAll(List.of("-i", escaped(file), "-o", "IdentitiesOnly=yes"));
    }

    private String comment() {
        return "daypass " + certificate.keyId();
    }

    /** As ssh wants paths: it puts things in for what follows a percent sign. */
    private static String escaped(Path file) {
        return file.toString().replace("%", "%%");
    }

    @Override
    public void close() {
        if (agent != null) {
            try {
                agent.remove(certificate.blob().array());
            } catch (IOException gone) {
                session.printer()
                        .note("the ssh-agent wasn't asked to forget the key (" + gone.getMessage()
                                + "); it does by itself when the certificate ends");
            }
            agent = null;
        }
        if (folder != null) {
            folder.close();
            folder = null;
        }
    }
}
