package io.daypass.cli.ssh.host;

import io.daypass.cli.shell.Failure;
import io.daypass.cli.ssh.certificate.Certificate;
import io.daypass.cli.ssh.certificate.PublicKeyFile;
import io.daypass.cli.ssh.certificate.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The file that sshd's {@code HostCertificate} names, for a key and the names of a host. */
final class HostCertificate {
    /** Renewed while at least this part of its life is left, so that a broker may be away for as long. */
    private static final int PART = 3;

    private final Path file;
    private final PublicKeyFile key;
    private final List<String> names;

    /**
     * @param file the certificate
     * @param key that it is for
     * @param names of the host
     */
    HostCertificate(Path file, PublicKeyFile key, List<String> names) {
        this.file = file;
        this.key = key;
        this.names = List.copyOf(names);
    }

    /** The file. */
    Path file() {
        return file;
    }

    /** What is there; nothing if that is no certificate. */
    Optional<Certificate> present() {
        try {
            return Optional.of(Certificate.parse(Files.readString(file, StandardCharsets.US_ASCII)));
        } catch (IOException | Failure none) {
            return Optional.empty();
        }
    }

    /** Whether another one is needed: less than a third of its life is left, or it is for another key or other names. */
    boolean isDue(Instant now) {
        return present().filter(one -> isRight(one) && !isOld(one, now)).isEmpty();
    }

    private boolean isRight(Certificate one) {
        byte[] blob = Base64.getDecoder().decode(key.line().split("\\s+", 3)[1]);
        return one.host() && one.isFor(blob) && Set.copyOf(names).equals(new HashSet<>(one.principals()));
    }

    private static boolean isOld(Certificate one, Instant now) {
        return left(one, now).multipliedBy(PART).compareTo(life(one)) < 0;
    }

    /** How long a certificate is good for yet. */
    static Duration left(Certificate one, Instant now) {
        return Duration.between(now, one.validBefore());
    }

    /** How long it is good for altogether. */
    static Duration life(Certificate one) {
        return Duration.between(one.validAfter(), one.validBefore());
    }

    /** When the next one is due. */
    static Duration untilDue(Certificate one, Instant now) {
        return left(one, now).minus(life(one).dividedBy(PART));
    }

    /** A certificate as the file has it. */
    static byte[] content(Certificate one) {
        return (one.line() + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Puts another one there, whole or not at all. */
    void write(Certificate one) {
        WholeFile.write(file, content(one), Mirror.MODE);
    }

    /**
     * Noted while a certificate is there that sshd hasn't read. OpenSSH up to 9.7 reads the file at each connection, later ones
     * only when they start and when they are told to.
     */
    static Path unread(Path file) {
        return file.resolveSibling(file.getFileName() + ".unread");
    }
}
