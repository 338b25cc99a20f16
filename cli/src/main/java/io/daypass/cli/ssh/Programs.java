package io.daypass.cli.ssh;

import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.shell.Shell;
import java.nio.file.Files;
import java.nio.file.Path;

/** OpenSSH's programs, and what runs them, as the system has them. */
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

    private static String packaged(String name) {
        return switch (name) {
            case "sshd" -> "openssh-server";
            case "systemctl" -> "systemd";
            default -> "openssh-client";
        };
    }
}
