package io.daypass.engine.ssh.host;

import io.daypass.engine.ssh.Sshd;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** What tests of files on hosts share: a host for a real sshd, and deadlines. */
final class SftpHost {
    private SftpHost() {}

    static Host of(Sshd server, Path file, boolean sftp) throws IOException {
        return new Host(
                "127.0.0.1",
                server.port(),
                Sshd.user(),
                Secret.of(server.brokerKey()),
                Secret.of(""),
                server.hostKey(),
                "",
                file.toString(),
                "",
                sftp);
    }

    static Deadline soon() {
        return in(Duration.ofSeconds(20));
    }

    static Deadline in(Duration time) {
        return new Deadline(Instant.now().plus(time), InstantSource.system());
    }

    /** A leased line. */
    static String line(String expiry, String mark) {
        return "restrict,expiry-time=\"" + expiry + "\" ssh-ed25519 AAAAC3Nz " + mark;
    }

    static String text(Path file) throws IOException {
        return Files.readString(file);
    }
}
