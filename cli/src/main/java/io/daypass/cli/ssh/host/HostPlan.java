package io.daypass.cli.ssh.host;

import io.daypass.cli.command.Session;
import io.daypass.cli.http.Target;
import io.daypass.cli.ssh.certificate.Preferences;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a host needs, as files and as lines of sshd's configuration; nothing of it is written here. */
final class HostPlan {
    private final Session session;
    private final HostOptions options;
    private final HostPaths paths;
    private final String launcher;
    private final String mount;
    private final Optional<HostIdentity> identity;

    /**
     * @param session whose broker is asked
     * @param options what is known about the host
     * @param launcher where the command is
     * @param effective what sshd does now, by keyword; empty where nobody could ask it
     */
    HostPlan(Session session, HostOptions options, String launcher, Map<String, List<String>> effective) {
        this.session = session;
        this.options = options;
        this.paths = options.paths();
        this.launcher = launcher;
        this.mount = new Preferences(session).mount(options.mount());
        this.identity = options.hostRole().map(role -> new HostIdentity(session, options, role, effective));
    }

    /** The host's own key and certificate; nothing if it is to have none. */
    Optional<HostIdentity> identity() {
        return identity;
    }

    /** What is added to sshd's configuration. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("TrustedUserCAKeys \"" + paths.trusted() + "\"");
        lines.add("RevokedKeys \"" + paths.revoked() + "\"");
        identity.ifPresent(own -> lines.addAll(own.lines()));
        return lines;
    }

    /**
     * What sshd reads of the broker's: the CA's keys, and behind them the list, so that it knows what is revoked of all that
     * it trusts.
     */
    List<PlannedFile> fetched() {
        byte[] keys = SyncList.authority(session, paths.trusted(), mount).fetch();
        byte[] list = SyncList.list(session, paths.revoked(), mount, false).fetch();
        return List.of(
                PlannedFile.bytes(paths.trusted(), keys, new String(keys, StandardCharsets.US_ASCII)),
                PlannedFile.bytes(
                        paths.revoked(),
                        list,
                        "(the revocation list, version " + Long.toUnsignedString(RevocationList.version(list)) + ", "
                                + list.length + " bytes)\n"));
    }

    /** What the units need, and they themselves. */
    List<PlannedFile> upkeep() {
        List<PlannedFile> files = new ArrayList<>();
        Target target = session.broker().target();
        String authority = target.authority();
        if (authority != null) {
            files.add(PlannedFile.text(paths.authority(), authority));
        }
        files.add(PlannedFile.text(paths.broker(), environment(target.address(), authority != null)));
        if (options.hasUnits()) {
            Units units = new Units(paths);
            files.addAll(units.sync(syncCommand()));
            identity.ifPresent(own -> files.addAll(units.renew(own.renewCommand(launcher))));
        }
        return files;
    }

    /** What keeps the files up to date. */
    List<String> syncCommand() {
        return List.of(
                launcher,
                "ssh",
                "krl-sync",
                "--quiet",
                "--mount",
                mount,
                "--ca",
                paths.trusted().toString(),
                paths.revoked().toString());
    }

    /** What renews the certificate; nothing if there is none. */
    Optional<List<String>> renewCommand() {
        return identity.map(own -> own.renewCommand(launcher));
    }

    private String environment(URI address, boolean hasAuthority) {
        StringBuilder text = new StringBuilder("# Of daypass ssh host-setup.\nDAYPASS_ADDR=\"" + address + "\"\n");
        if (hasAuthority) {
            text.append("DAYPASS_CACERT=\"").append(paths.authority()).append("\"\n");
        }
        String jdk = session.shell().variable("DAYPASS_JAVA_HOME");
        if (jdk != null) {
            text.append("DAYPASS_JAVA_HOME=\"").append(jdk).append("\"\n");
        }
        return text.toString();
    }
}
