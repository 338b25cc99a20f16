package io.daypass.benchmarks;

import io.daypass.benchmarks.measure.Line;
import io.daypass.benchmarks.process.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What a scenario works with, and where it leaves its lines. */
public final class Bench {
    private final Installation installation;
    private final Path work;
    private final Pace pace;
    private final Consumer<String> progress;
    private final List<Line> lines = new ArrayList<>();

    /**
     * @param work a directory for everything that is needed only meanwhile
     * @param progress gets a line of text now and then
     */
    public Bench(Installation installation, Path work, Pace pace, Consumer<String> progress) {
        this.installation = installation;
        this.work = work;
        this.pace = pace;
        this.progress = progress;
    }

    /** The broker to be measured. */
    public Installation installation() {
        return installation;
    }

    /** How long and how often. */
    public Pace pace() {
        return pace;
    }

    /** A new directory for this purpose. */
    public Path directory(String purpose) throws IOException {
        return Files.createTempDirectory(work, purpose + "-");
    }

    /** Tells whoever waits what is going on. */
    public void say(String text) {
        progress.accept(text);
    }

    /** Leaves a line. */
    public void add(Line line) {
        lines.add(line);
        String goal = line.hasGoal() ? " (goal " + line.goal().text() + ")" : "";
        say(line.scenario() + ": " + line.what() + " = " + line.unit().format(line.value()) + goal);
    }

    /** All that was left so far. */
    public List<Line> lines() {
        return List.copyOf(lines);
    }
}
