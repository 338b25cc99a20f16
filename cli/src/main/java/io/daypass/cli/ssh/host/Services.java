package io.daypass.cli.ssh.host;

import io.daypass.cli.command.Session;
import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.shell.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What makes systemd and sshd notice that files have changed: done, or told to whoever does it. */
final class Services {
    private final Session session;
    private final HostOptions options;
    private final HostPaths paths;

    Services(Session session, HostOptions options) {
        this.session = session;
        this.options = options;
        this.paths = options.paths();
    }

    /** Whether it could be done, before anything else is. */
    void check(boolean now) {
        if (now && !options.hasUnits() && options.reload().isEmpty()) {
            throw Failure.usage(
                    "--now with --no-systemd: nobody knows how sshd is told to read its configuration anew",
                    "--reload COMMAND   # such as 'service ssh reload'",
                    "or without --now, and tell it yourself");
        }
        if (now && options.hasUnits()) {
            Programs.find(session.shell(), "systemctl");
        }
    }

    /** Has them take up what was written; else says how, if anything was. */
    void begin(boolean now, boolean unchanged, HostPlan plan) {
        List<String> commands = new ArrayList<>();
        if (options.hasUnits()) {
            commands.add("systemctl daemon-reload");
            commands.add("systemctl enable --now " + Units.SYNC + ".timer"
                    + (plan.identity().isPresent() ? " " + Units.RENEW + ".timer" : ""));
        }
        if (!options.reload().isEmpty()) {
            commands.add(options.reload());
        }
        if (now) {
            commands.forEach(this::run);
            session.printer().note("sshd has taken it up");
        } else if (!unchanged) {
            say(commands);
        }
        if (!options.hasUnits()) {
            cron("* * * * *", plan.syncCommand(), paths.broker());
            plan.renewCommand().ifPresent(command -> cron("17 * * * *", command, paths.broker(), paths.bearer()));
        }
    }

    /**
     * Whether the units can be removed without systemd being told.
     *
     * @throws Failure if it was told to run them
     */
    void checkIdle() {
        for (String name : List.of(Units.SYNC, Units.RENEW)) {
            if (Files.exists(paths.systemd().resolve("timers.target.wants").resolve(name + ".timer"))) {
                throw Failure.of(
                        Exit.LOCAL,
                        "systemd was told to run " + name + ".timer, and would go on trying",
                        "daypass ssh host-setup --undo --now");
            }
        }
    }

    /** Has systemd let go of the units. */
    void end() {
        if (options.hasUnits()) {
            List<String> there = new ArrayList<>();
            for (String name : List.of(Units.SYNC, Units.RENEW)) {
                if (Files.exists(paths.unit(name + ".timer"))) {
                    there.add(name + ".timer");
                }
            }
            if (!there.isEmpty()) {
                run("systemctl disable --now " + String.join(" ", there));
            }
        }
    }

    /** Says how the timers are had back that {@link #end} has stopped. */
    void saidToEnd() {
        if (options.hasUnits()) {
            session.printer()
                    .note("the timers were stopped before this failed; to have the list kept up to date again: "
                            + "systemctl enable --now " + Units.SYNC + ".timer");
        }
    }

    /** Has them notice that all is gone. */
    void ended() {
        if (options.hasUnits()) {
            run("systemctl daemon-reload");
        }
        if (!options.reload().isEmpty()) {
            run(options.reload());
        }
    }

    /** Says what is to be done, in order. */
    void say(List<String> commands) {
        session.printer()
                .note(
                        commands.isEmpty()
                                ? "next: have sshd read its configuration anew"
                                : "next: " + String.join(" && ", commands));
    }

    /** A line for cron, which gives a percent sign a meaning of its own. */
    private void cron(String when, List<String> command, Path... environments) {
        String read = Stream.of(environments)
                .map(file -> ". " + word(file.toString()) + "; ")
                .collect(Collectors.joining());
        String line = command.stream().map(Services::word).collect(Collectors.joining(" "));
        session.printer().note("for cron: " + when + " set -a; " + read + line.replace("%", "\\%"));
    }

    private static String word(String word) {
        return word.matches("[A-Za-z0-9./_+@:,=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private void run(String command) {
        Ran ran = Ran.shell(command);
        if (!ran.isGood()) {
            throw Failure.of(
                    Exit.LOCAL,
                    "this failed, after which nothing more was done: " + command + ": " + ran.reason(),
                    command);
        }
    }
}
