package io.daypass.config;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The configuration can't be taken: everything that is wrong with it, at once. The operator must act. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** @param problems at least one */
    public ConfigException(Path file, List<Problem> problems) {
        super(message(file, problems), null, false, false);
        this.problems = List.copyOf(problems);
    }

    /** What is wrong. */
    public List<Problem> problems() {
        return problems;
    }

    private static String message(Path file, List<Problem> problems) {
        return problems.stream()
                .sorted(Comparator.comparingInt(Problem::line))
                .map(p -> file + ":" + p.line() + ": " + (p.key().isEmpty() ? "" : p.key() + ": ") + p.text())
                .collect(Collectors.joining("\n"));
    }
}
