package io.daypass.cli.ssh.host;

import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.shell.Programs;
import io.daypass.cli.shell.Shell;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The system's sshd, asked what it makes of its configuration. */
final class Sshd {
    private final String program;
    private final Path config;

    private Sshd(String program, Path config) {
        this.program = program;
        this.config = config;
    }

    /**
     * The one on this machine.
     *
     * @throws Failure if there is none
     */
    static Sshd find(Shell shell, Path config) {
        return new Sshd(Programs.find(shell, "sshd"), config);
    }

    /**
     * Has it check its configuration: {@code sshd -t}.
     *
     * @return what it warns of; it would start all the same
     * @throws Failure with its own words, if it would not start like this
     */
    String check() {
        Ran ran = Ran.of(List.of(program, "-t", "-f", config.toString()));
        if (!ran.isGood()) {
            throw refused("-t", ran);
        }
        return ran.said();
    }

    private Failure refused(String option, Ran ran) {
        return Failure.of(Exit.LOCAL, "sshd " + option + " refuses " + config + ": " + ran.reason(), next(ran.said()));
    }

    private String next(String said) {
        return said.contains("privilege separation directory")
                ? "mkdir -p -m 755 /run/sshd   # which the service makes when it starts; then again"
                : program + " -t -f " + config;
    }

    /**
     * What is in force outside of all Match blocks: {@code sshd -T}.
     *
     * @return by keyword, in small letters
     * @throws Failure with its own words, if it would not start like this
     */
    Map<String, List<String>> effective() {
        Ran ran = Ran.of(List.of(program, "-T", "-f", config.toString()));
        if (!ran.isGood()) {
            throw refused("-T", ran);
        }
        Map<String, List<String>> values = new HashMap<>();
        ran.said().lines().forEach(line -> {
            String[] parts = line.split(" ", 2);
            values.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(parts.length == 2 ? parts[1] : "");
        });
        return values;
    }

    /** What a keyword is set to. */
    static List<String> values(Map<String, List<String>> effective, String keyword) {
        return effective.getOrDefault(keyword.toLowerCase(Locale.ROOT), List.of("none"));
    }
}
