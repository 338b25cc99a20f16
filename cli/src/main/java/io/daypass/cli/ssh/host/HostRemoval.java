package io.daypass.cli.ssh.host;

import io.daypass.cli.command.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Takes away what was written for a host. */
final class HostRemoval {
    private final Session session;
    private final HostOptions options;
    private final HostPaths paths;

    HostRemoval(Session session, HostOptions options) {
        this.session = session;
        this.options = options;
        this.paths = options.paths();
    }

    /**
     * Does it. The list is removed last, and only when sshd has been told: one that still has the configuration before would
     * refuse every key without it.
     *
     * @param now whether systemd and sshd are told
     */
    void run(boolean now) {
        Services services = new Services(session, options);
        services.check(now);
        if (now) {
            services.end();
        } else {
            services.checkIdle();
        }
        boolean hadToken = Files.exists(paths.bearer());
        Changes changes = new Changes();
        try {
            SshdConfig.read(paths.config()).remove(changes);
            new Units(paths).files().forEach(changes::remove);
            paths.dispensable().forEach(changes::remove);
        } catch (RuntimeException failed) {
            if (now) {
                services.saidToEnd();
            }
            changes.takeBack();
            throw failed;
        }
        if (now) {
            services.ended();
            paths.needed().forEach(changes::remove);
            changes.removeEmpty(paths.folder());
        }
        boolean rest = paths.needed().anyMatch(Files::exists);
        List<Path> removed = changes.changed();
        session.printer().note(removed.isEmpty() ? "there was nothing to take away" : "sshd's files are as they were");
        if (rest) {
            session.printer()
                    .note("left are the files that sshd reads until it has its configuration anew, and without which it"
                            + " would refuse every key");
            services.say(List.of("daypass ssh host-setup --undo --now"));
        }
        if (hadToken) {
            session.printer()
                    .note(
                            "the host's token lives on, and with it the certificate: daypass token revoke --accessor ACCESSOR");
        }
    }
}
