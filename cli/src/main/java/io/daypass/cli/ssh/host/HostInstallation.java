package io.daypass.cli.ssh.host;

import io.daypass.cli.command.Session;
import io.daypass.cli.http.Call;
import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.shell.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes what a host needs, or leaves all as it was. */
final class HostInstallation {
    private final Session session;
    private final HostOptions options;
    private final HostPaths paths;

    HostInstallation(Session session, HostOptions options) {
        this.session = session;
        this.options = options;
        this.paths = options.paths();
    }

    /**
     * Does it.
     *
     * @param now whether systemd and sshd are to take it up
     * @throws Failure if anything is in the way; then nothing is changed, unless it is only that they didn't
     */
    void run(boolean now) {
        Services services = new Services(session, options);
        if (options.hostRole().isEmpty() && Files.exists(paths.bearer())) {
            throw Failure.usage(
                    "this host has a certificate, and would lose it: name --host-role and the like again",
                    "daypass ssh host-setup --undo   # to begin anew without");
        }
        SshdConfig config = SshdConfig.read(paths.config());
        Sshd sshd = Sshd.find(session.shell(), paths.config());
        checkWritable(config);
        services.check(now);
        Map<String, List<String>> before = before(sshd);
        HostPlan plan = new HostPlan(session, options, Programs.launcher(), before);
        List<PlannedFile> files = new ArrayList<>(plan.fetched());
        plan.identity().ifPresent(own -> files.addAll(own.files()));
        files.addAll(plan.upkeep());

        Changes changes = new Changes();
        try {
            changes.folder(paths.folder());
            files.forEach(changes::put);
            // Last, when all that it names is there: without the list sshd would refuse every key.
            config.add(plan.lines(), changes);
            checkAfter(sshd, plan);
        } catch (RuntimeException failed) {
            throw takenBack(changes, failed);
        }
        List<Path> changed = changes.changed();
        session.printer()
                .note(
                        changed.isEmpty()
                                ? "all is as it should be; nothing was changed"
                                : "written: "
                                        + changed.stream().map(Path::toString).collect(Collectors.joining(", ")));
        plan.identity().ifPresent(own -> clients(own));
        services.begin(now, changed.isEmpty(), plan);
    }

    private static RuntimeException takenBack(Changes changes, RuntimeException failed) {
        boolean wasWritten = !changes.changed().isEmpty();
        changes.takeBack();
        if (!(failed instanceof Failure why) || !wasWritten) {
            return failed;
        }
        return Failure.because(
                why,
                why.exit(),
                why.text() + "; all files are as they were before",
                why.next().toArray(String[]::new));
    }

    /** Before anything is asked of the broker. */
    private void checkWritable(SshdConfig config) {
        if (Files.exists(paths.folder()) && Changes.isOthersToChange(paths.folder())) {
            throw Failure.of(
                    Exit.LOCAL,
                    "others may change what is in " + paths.folder() + ", and so whom sshd trusts",
                    "chown root " + paths.folder() + " && chmod 755 " + paths.folder());
        }
        List<Path> folders = new ArrayList<>();
        folders.add(
                Files.exists(paths.folder()) ? paths.folder() : paths.folder().getParent());
        folders.add(config.changed().getParent());
        if (options.hasUnits()) {
            if (!Files.isDirectory(paths.systemd())) {
                throw Failure.of(
                        Exit.LOCAL,
                        "there is no " + paths.systemd() + ", so no systemd",
                        "--no-systemd   # and have cron run what is shown then",
                        "--systemd-dir DIR   # where units are elsewhere");
            }
            folders.add(paths.systemd());
        }
        for (Path folder : folders) {
            if (folder == null || !Files.isWritable(folder)) {
                throw Failure.of(
                        Exit.LOCAL,
                        "this user may not write to " + folder,
                        "sudo -E daypass ssh host-setup --apply   # -E keeps DAYPASS_ADDR and the like");
            }
        }
    }

    /** What sshd does now, if that leaves room. */
    private Map<String, List<String>> before(Sshd sshd) {
        Map<String, List<String>> effective;
        try {
            sshd.check();
            effective = sshd.effective();
        } catch (Failure broken) {
            throw Failure.because(
                    broken,
                    broken.exit(),
                    broken.text() + "; that was so before, and nothing was changed",
                    broken.next().toArray(String[]::new));
        }
        checkFree(effective, "TrustedUserCAKeys", paths.trusted());
        checkFree(effective, "RevokedKeys", paths.revoked());
        return effective;
    }

    /** sshd takes one file, so that another one would be forgotten, with all that it refuses. */
    private static void checkFree(Map<String, List<String>> effective, String keyword, Path own) {
        Optional<String> other = Sshd.values(effective, keyword).stream()
                .filter(value -> !value.equals("none") && !value.equals(own.toString()))
                .findFirst();
        if (other.isPresent()) {
            throw Failure.of(
                    Exit.LOCAL,
                    "sshd has " + keyword + " " + other.get() + " already, and takes one file; nothing was changed",
                    "take that line out of its configuration first, if Daypass is to take its place");
        }
    }

    /** Whether sshd would start like this, and whether what was added is in force. */
    private void checkAfter(Sshd sshd, HostPlan plan) {
        String warnings = sshd.check();
        if (plan.identity().isPresent() && warnings.contains("certificate")) {
            throw Failure.of(Exit.LOCAL, "sshd can't use its certificate: " + warnings);
        }
        Map<String, List<String>> effective = sshd.effective();
        checkInForce(effective, "TrustedUserCAKeys", paths.trusted());
        checkInForce(effective, "RevokedKeys", paths.revoked());
        if (plan.identity().isPresent()) {
            checkInForce(effective, "HostCertificate", paths.certificate());
        }
    }

    private void checkInForce(Map<String, List<String>> effective, String keyword, Path own) {
        List<String> values = Sshd.values(effective, keyword);
        if (!values.contains(own.toString())) {
            throw Failure.of(
                    Exit.LOCAL,
                    "another line of sshd's configuration wins: " + keyword + " is " + String.join(", ", values),
                    "sshd -T -f " + paths.config() + "   # shows what is in force");
        }
    }

    private void clients(HostIdentity own) {
        String names = String.join(",", own.names());
        byte[] keys = session.broker()
                .anonymous()
                .fetch(Call.read(own.mount() + "/public_key"), "")
                .content();
        TrustedKeys.read(keys)
                .forEach(key ->
                        session.printer().note("for known_hosts of clients: @cert-authority " + names + " " + key));
    }
}
