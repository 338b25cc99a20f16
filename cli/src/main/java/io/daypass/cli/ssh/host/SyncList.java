package io.daypass.cli.ssh.host;

import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import io.daypass.cli.ssh.certificate.Preferences;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ssh krl-sync}: keeps the files that sshd's {@code RevokedKeys} and {@code TrustedUserCAKeys} name as the broker has them. */
@Command(
        description = {
            "Needs no token. The list is written beside, synced and renamed, so that sshd never finds a half one, which would"
                    + " make it refuse every key. It is fetched only if it has changed. When the broker is away, or answers"
                    + " something else, the last good one stays, and an error says how old it is (5). One that is older than"
                    + " the one that is there isn't taken.",
            "",
            "With --ca the CA's keys are kept in the same way, so that a CA can be changed; behind the list, so that sshd"
                    + " never trusts a key whose revocations it can't know.",
            "",
            "FILE.etag beside each holds what the broker calls it, and by its time when it was compared last."
        },
        footer = {
            "  daypass ssh krl-sync /etc/ssh/daypass_krl",
            "  daypass ssh krl-sync --ca /etc/ssh/daypass_ca.pub /etc/ssh/daypass_krl"
        })
public final class SyncList implements Action {
    @Parameters(index = "0", paramLabel = "FILE", description = "what RevokedKeys names")
    private Path file = Path.of("");

    @Option(names = "--ca", paramLabel = "FILE", description = "what TrustedUserCAKeys names, to be kept as well")
    private @Nullable Path authority;

    @Option(names = "--mount", paramLabel = "PATH", description = "where the engine is (DAYPASS_SSH_MOUNT; ssh)")
    private @Nullable String mount;

    @Option(names = "--older", description = "take a list that is older than the one that is there, once")
    private boolean older;

    @Override
    public int run(Session session) {
        String from = new Preferences(session).mount(mount);
        list(session, file, from, older).sync();
        if (authority != null) {
            authority(session, authority, from).sync();
        }
        return Action.ok();
    }

    /** The revocation list of a mount. */
    static Mirror list(Session session, Path file, String mount, boolean older) {
        return new Mirror(session, file, mount + "/krl", "every key", (content, before) -> {
            if (older) {
                RevocationList.version(content);
            } else {
                RevocationList.checkNewer(content, before, file);
            }
        });
    }

    /** The keys of a mount's CA that are trusted, all of them. */
    static Mirror authority(Session session, Path file, String mount) {
        return new Mirror(
                session,
                file,
                mount + "/public_key",
                "every certificate",
                (content, before) -> TrustedKeys.read(content));
    }
}
