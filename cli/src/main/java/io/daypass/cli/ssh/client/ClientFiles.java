package io.daypass.cli.ssh.client;

import io.daypass.cli.command.Session;
import io.daypass.cli.context.PrivateFiles;
import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.ssh.certificate.Certificate;
import io.daypass.cli.ssh.certificate.LoginKey;
import io.daypass.cli.ssh.certificate.WholeFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * The files by which ssh uses certificates by itself, in {@code $XDG_CONFIG_HOME/daypass/ssh}:
 *
 * <ul>
 *   <li>{@code config}, which ssh reads; {@code id}, {@code id.pub} and {@code id-cert.pub}, which it takes from there
 *   <li>{@code fresh}: until when the certificate needn't be renewed, in seconds since 1970, and its serial. The launcher
 *       reads it, and looks at nothing else while that time isn't over
 *   <li>{@code failed}: when a renewal has failed last, so that those who waited for it fail with it
 *   <li>{@code lock}: held by whoever renews
 *   <li>{@code made}: what of {@code ~/.ssh} was made by the setup
 * </ul>
 */
public final class ClientFiles {
    private static final Duration LONGEST_MARGIN = Duration.ofMinutes(1);
    private static final int MARGIN = 10;

    private final Path folder;

    private ClientFiles(Path folder) {
        this.folder = folder;
    }

    /** Those of whoever runs this. */
    public static ClientFiles of(Session session) {
        return new ClientFiles(session.contexts().folder().resolve("ssh"));
    }

    /** Where one of them is. */
    Path file(String name) {
        return folder.resolve(name);
    }

    /** Keeps a pair of keys. */
    void keep(LoginKey key) {
        PrivateFiles.HIDDEN.write(file("id"), key.file("daypass ssh setup").reveal());
        PrivateFiles.HIDDEN.write(file("id.pub"), key.line() + " daypass ssh setup\n");
    }

    /** The public key. */
    String key() {
        return PrivateFiles.HIDDEN
                .read(file("id.pub"))
                .orElseThrow(() -> Failure.of(
                        Exit.LOCAL,
                        "ssh isn't set up: there is no " + file("id.pub"),
                        "daypass ssh setup -r ROLE HOSTS"));
    }

    /** Keeps a certificate, and until when it is to be used: a tenth of its life, or a minute, before its end. */
    void keep(Certificate certificate, Instant now) {
        PrivateFiles.HIDDEN.write(file("id-cert.pub"), certificate.line() + "\n");
        Duration margin = Duration.between(now, certificate.validBefore()).dividedBy(MARGIN);
        Instant until = certificate.validBefore().minus(margin.compareTo(LONGEST_MARGIN) < 0 ? margin : LONGEST_MARGIN);
        PrivateFiles.HIDDEN.write(
                file("fresh"), until.getEpochSecond() + " " + Long.toUnsignedString(certificate.serial()) + "\n");
    }

    /** Keeps that a renewal has failed. */
    void keepFailure(Instant now) {
        PrivateFiles.HIDDEN.write(file("failed"), now.getEpochSecond() + "\n");
    }

    /** If the certificate has this serial, it is renewed before ssh is used again. */
    public void forget(long serial) {
        String suffix = " " + Long.toUnsignedString(serial);
        boolean isIt = PrivateFiles.HIDDEN
                .read(file("fresh"))
                .filter(text -> text.strip().endsWith(suffix))
                .isPresent();
        if (isIt) {
            delete("fresh");
        }
    }

    /** Removes all of them, and the lock beside them that the launcher takes where there is no {@code flock}. */
    void clear() {
        clear(folder.resolveSibling(folder.getFileName() + ".locked"));
        clear(folder);
    }

    private static void clear(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException kept) {
            throw Failure.because(kept, Exit.LOCAL, "can't remove " + folder + ": " + WholeFile.reason(kept));
        }
    }

    private void delete(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException kept) {
            throw Failure.because(kept, Exit.LOCAL, "can't remove " + file(name) + ": " + WholeFile.reason(kept));
        }
    }
}
