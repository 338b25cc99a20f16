package io.daypass.cli.ssh.host;

import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import io.daypass.cli.http.Json;
import io.daypass.cli.http.Reply;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.shell.Programs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ssh host-setup}: shows or writes what a host needs, so that its sshd takes the broker's certificates. */
@Command(
        description = {
            "Shows what a host needs, and writes nothing: the CA's keys, the revocation list, lines for sshd's configuration,"
                    + " and units of systemd's that keep the files as the broker has them. With --host-role also a certificate"
                    + " for the host's own key, and its renewal.",
            "",
            "--apply writes it, as root, on the host. sshd checks its configuration before and after; if it says no, every"
                    + " file is as it was. Done again, it changes what isn't as it should be, and nothing else. --now has"
                    + " systemd take the units up and sshd read its configuration, too. --undo takes it all away."
        },
        footer = {
            "  daypass ssh host-setup",
            "  daypass ssh host-setup --apply --now --host-role hosts --host-mount ssh-hosts --host-token host.token",
            "  daypass ssh host-setup --undo --now"
        })
public final class SetUpHost implements Action {
    @Mixin
    private HostOptions options = new HostOptions();

    @Option(names = "--apply", description = "write it, on this host")
    private boolean apply;

    @Option(names = "--now", description = "with --apply or --undo: have systemd and sshd take it up")
    private boolean now;

    @Option(names = "--undo", description = "take away what --apply wrote")
    private boolean undo;

    @Override
    public int run(Session session) {
        if (apply && undo) {
            throw Failure.usage("--apply or --undo, not both");
        }
        if (now && !apply && !undo) {
            throw Failure.usage("--now goes with --apply or --undo", "daypass ssh host-setup --apply --now");
        }
        if (undo) {
            new HostRemoval(session, options).run(now);
        } else if (apply) {
            new HostInstallation(session, options).run(now);
        } else {
            show(session);
        }
        return Action.ok();
    }

    private void show(Session session) {
        HostPaths paths = options.paths();
        SshdConfig config = SshdConfig.read(paths.config());
        HostPlan plan = new HostPlan(session, options, Programs.launcher(), effective(session, paths));
        List<PlannedFile> files = new ArrayList<>(plan.fetched());
        plan.identity().ifPresent(own -> files.addAll(own.outlined()));
        files.addAll(plan.upkeep());
        var body = Json.object();
        var shown = body.putObject("data").putArray("files");
        files.forEach(file -> shown.addObject()
                .put("path", file.file().toString())
                .put("mode", file.mode())
                .put("content", file.shown()));
        boolean dropIn = !config.changed().equals(paths.config());
        shown.addObject()
                .put("path", config.changed().toString())
                .put("mode", "rw-r--r--")
                .put("content", (dropIn ? "" : "(at its top)\n") + String.join("\n", plan.lines()) + "\n");
        session.printer().reply(new Reply(200, body), reply -> text(session, reply));
        session.printer().note("nothing was written; --apply does that, as root");
    }

    private static void text(Session session, Reply reply) {
        StringBuilder text = new StringBuilder();
        reply.said()
                .path("files")
                .forEach(file -> text.append(text.isEmpty() ? "" : "\n")
                        .append("### ")
                        .append(file.path("path").asText())
                        .append(" (")
                        .append(file.path("mode").asText())
                        .append(")\n")
                        .append(file.path("content").asText()));
        session.printer().text(text.toString());
    }

    /** What sshd does now; nothing if it isn't there or may not be asked, as by whoever isn't root. */
    private static Map<String, List<String>> effective(Session session, HostPaths paths) {
        try {
            return Sshd.find(session.shell(), paths.config()).effective();
        } catch (Failure unknown) {
            session.printer().note("sshd can't be asked what it does now: " + unknown.text());
            return Map.of();
        }
    }
}
