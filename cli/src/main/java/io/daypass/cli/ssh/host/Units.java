package io.daypass.cli.ssh.host;

import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The units by which systemd keeps a host's files as they should be. */
final class Units {
    static final String SYNC = "daypass-krl-sync";
    static final String RENEW = "daypass-host-renew";

    /** Its own folder is all that either may write to. */
    private static final String CONFINED = """
            NoNewPrivileges=yes
            PrivateTmp=yes
            PrivateDevices=yes
            ProtectSystem=strict
            ProtectHome=read-only
            ProtectKernelTunables=yes
            ProtectKernelModules=yes
            ProtectControlGroups=yes
            RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
            TimeoutStartSec=2min
            """;

    private final HostPaths paths;

    /** @param paths where all is */
    Units(HostPaths paths) {
        this.paths = paths;
    }

    /** Those that keep the list and the CA's keys, once a minute. */
    List<PlannedFile> sync(List<String> command) {
        return List.of(
                PlannedFile.text(
                        paths.unit(SYNC + ".service"),
                        service(
                                "Keep what sshd refuses and trusts as the broker of Daypass has it",
                                List.of(paths.broker()),
                                command)),
                PlannedFile.text(
                        paths.unit(SYNC + ".timer"),
                        timer("Ask the broker of Daypass what sshd is to refuse", "minutely", "20s", false)));
    }

    /** Those that renew the host's certificate, when that is due; looked at once an hour. */
    List<PlannedFile> renew(List<String> command) {
        return List.of(
                PlannedFile.text(
                        paths.unit(RENEW + ".service"),
                        service(
                                "Renew the certificate by which this host is known",
                                List.of(paths.broker(), paths.bearer()),
                                command)),
                PlannedFile.text(
                        paths.unit(RENEW + ".timer"),
                        timer("See whether this host's certificate is to be renewed", "hourly", "10min", true)));
    }

    /** All files that either has. */
    List<Path> files() {
        List<Path> files = new ArrayList<>();
        for (String name : List.of(SYNC, RENEW)) {
            files.add(paths.unit(name + ".service"));
            files.add(paths.unit(name + ".timer"));
        }
        return files;
    }

    private String service(String what, List<Path> environments, List<String> command) {
        return "# Of daypass ssh host-setup.\n[Unit]\nDescription=" + what
                + "\nWants=network-online.target\nAfter=network-online.target\n\n[Service]\nType=oneshot\n"
                + environments.stream()
                        .map(file -> "EnvironmentFile=" + file + "\n")
                        .collect(Collectors.joining())
                + "ExecStart=" + command.stream().map(Units::quoted).collect(Collectors.joining(" ")) + "\n"
                + CONFINED + "ReadWritePaths=" + quoted(paths.folder().toString()) + "\n";
    }

    private static String timer(String what, String when, String spread, boolean persistent) {
        return "# Of daypass ssh host-setup.\n[Unit]\nDescription=" + what + "\n\n[Timer]\nOnCalendar=" + when
                + "\nRandomizedDelaySec=" + spread + "\nAccuracySec=1s\n" + (persistent ? "Persistent=yes\n" : "")
                + "\n[Install]\nWantedBy=timers.target\n";
    }

    /** A word as systemd reads it back: it puts things in for percent and dollar signs. */
    private static String quoted(String word) {
        if (word.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw Failure.of(Exit.USAGE, "a unit of systemd's can't have a control character in a command");
        }
        String escaped = word.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("%", "%%")
                .replace("$", "$$");
        return escaped.matches("[A-Za-z0-9./_+@:,=-]+") ? escaped : '"' + escaped + '"';
    }
}
