package io.daypass.cli.shell;

import java.nio.file.Files;
import java.nio.file.Path;

/** Programs of the system's that commands run: OpenSSH's, and systemd's. */
public final class Programs {
    private static final String ELSEWHERE = "/usr/sbin:/usr/local/sbin";

    private Programs() {}

    /**
     * Where a program is, by PATH, or where those of administrators are.
     *
     * @throws Failure if it is nowhere; before anything was asked of the broker
     */
    public static String find(Shell shell, String name) {
        String path = shell.variable("PATH");
        for (String place : ((path == null ? "" : path) + ":" + ELSEWHERE).split(":", -1)) {
            // What is no path, or depends on where one stands, holds no program of the system's.
            if (!place.startsWith("/") || place.indexOf('\0') >= 0) {
                continue;
            }
            Path program = Path.of(place, name);
            if (Files.isExecutable(program) && Files.isRegularFile(program)) {
                return program.toString();
            }
        }
        throw Failure.of(
                Exit.LOCAL,
                "there is no " + name + " on PATH",
                "sudo apt install " + packaged(name) + "   # or as your system has it");
    }

    /**
     * The script that this command was started by, as others are to call it.
     *
     * @throws Failure if it isn't known, or can't be written into a configuration
     */
    public static String launcher() {
        String launcher = System.getProperty("daypass.launcher", "");
        if (!launcher.startsWith("/")
                || launcher.chars().anyMatch(c -> c == '\'' || c == '"' || c == '\\' || c < ' ')) {
            throw Failure.of(
                    Exit.LOCAL,
                    launcher.isEmpty()
                            ? "where daypass is isn't known: this wasn't started by its script"
                            : "ssh can't be told of " + launcher + ": its name has a quote in it",
                    "start bin/daypass");
        }
        return launcher;
    }

    private static String packaged(String name) {
        return switch (name) {
            case "sshd" -> "openssh-server";
            case "systemctl" -> "systemd";
            default -> "openssh-client";
        };
    }
}
