package io.daypass.cli.ssh.host;

import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.shell.Secret;
import io.daypass.cli.shell.Shell;
import io.daypass.cli.ssh.certificate.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code ssh host-setup} is told about the host. */
final class HostOptions {
    private static final int LONGEST_TOKEN = 4_096;
    private static final List<String> UNITS =
            List.of("/etc/systemd/system", "/run/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system");

    @Option(names = "--mount", paramLabel = "PATH", description = "whose users may log in (DAYPASS_SSH_MOUNT; ssh)")
    private @Nullable String mount;

    @Option(
            names = "--host-role",
            paramLabel = "ROLE",
            description = "which role signs the host's own key; without, the host has no certificate")
    private @Nullable String hostRole;

    @Option(names = "--host-mount", paramLabel = "PATH", description = "where that role is (as --mount)")
    private @Nullable String hostMount;

    @Option(
            names = "--principal",
            paramLabel = "NAME",
            description = "what the host is called (again for more; its own full name)")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--host-token",
            paramLabel = "FILE",
            description = "the token by which the host renews its certificate, which is kept there; -: standard input")
    private @Nullable String token;

    @Option(
            names = "--host-key",
            paramLabel = "FILE",
            description = "the key that is signed (the Ed25519 one of sshd's, else its first)")
    private @Nullable Path hostKey;

    @Option(names = "--sshd-config", paramLabel = "FILE", description = "sshd's configuration (/etc/ssh/sshd_config)")
    private Path config = Path.of("/etc/ssh/sshd_config");

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "for what the broker says (the folder daypass beside sshd's configuration)")
    private @Nullable Path folder;

    @Option(names = "--systemd-dir", paramLabel = "DIR", description = "for units (/etc/systemd/system)")
    private Path systemd = Path.of("/etc/systemd/system");

    @Option(names = "--no-systemd", description = "no units: cron, or something else, is to run what is shown")
    private boolean withoutSystemd;

    @Option(
            names = "--reload",
            paramLabel = "COMMAND",
            description = "what makes sshd read its configuration anew, by /bin/sh (systemctl's reload of it)")
    private @Nullable String reload;

    /** Where all is. */
    HostPaths paths() {
        Path file = config.toAbsolutePath().normalize();
        Path own = folder == null
                ? file.resolveSibling("daypass")
                : folder.toAbsolutePath().normalize();
        return new HostPaths(file, own, systemd.toAbsolutePath().normalize());
    }

    @Nullable
    String mount() {
        return mount;
    }

    @Nullable
    String hostMount() {
        return hostMount == null ? mount : hostMount;
    }

    /** Who signs the host's key; nothing if nobody. */
    Optional<String> hostRole() {
        return Optional.ofNullable(hostRole);
    }

    Optional<Path> hostKey() {
        return Optional.ofNullable(hostKey).map(Path::toAbsolutePath);
    }

    boolean hasUnits() {
        return !withoutSystemd;
    }

    /** What makes sshd read its configuration; empty if nobody has said. */
    String reload() {
        if (reload != null) {
            return reload;
        }
        boolean isDebians = UNITS.stream().anyMatch(place -> Files.exists(Path.of(place, "ssh.service")));
        return withoutSystemd ? "" : "systemctl try-reload-or-restart " + (isDebians ? "ssh.service" : "sshd.service");
    }

    /**
     * What the host is called.
     *
     * @throws Failure if it doesn't know that itself
     */
    List<String> names() {
        if (!names.isEmpty()) {
            return List.copyOf(names);
        }
        try {
            String own = InetAddress.getLocalHost().getCanonicalHostName().toLowerCase(Locale.ROOT);
            if (own.matches(".*[a-z].*") && !own.equals("localhost")) {
                return List.of(own.endsWith(".") ? own.substring(0, own.length() - 1) : own);
            }
        } catch (UnknownHostException nameless) {
            throw nameless(nameless);
        }
        throw nameless(null);
    }

    private static Failure nameless(@Nullable Throwable why) {
        String text = "this host doesn't know by itself what others call it";
        return why == null
                ? Failure.usage(text, "--principal web1.example")
                : Failure.because(why, Exit.USAGE, text, "--principal web1.example");
    }

    /**
     * The host's token, as it was given.
     *
     * @return nothing if it wasn't
     * @throws Failure if it can't be read, or is none
     */
    Optional<Secret> bearer(Shell shell) {
        if (token == null) {
            return Optional.empty();
        }
        try (InputStream in = token.equals("-") ? shell.in() : Files.newInputStream(Path.of(token))) {
            String text = new String(in.readNBytes(LONGEST_TOKEN), StandardCharsets.US_ASCII).strip();
            if (!text.matches("[A-Za-z0-9._:+/=-]+")) {
                throw Failure.usage(
                        "what --host-token names is no token: one line is expected, of letters, digits and . _ : + / = -");
            }
            return Optional.of(Secret.of(text));
        } catch (IOException unreadable) {
            throw Failure.because(unreadable, Exit.LOCAL, "can't read " + token + ": " + WholeFile.reason(unreadable));
        }
    }
}
