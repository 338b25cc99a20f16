package io.daypass.benchmarks;

import io.daypass.benchmarks.process.Installation;
import io.daypass.benchmarks.process.Site;
import io.daypass.benchmarks.report.Conditions;
import io.daypass.benchmarks.report.JsonFile;
import io.daypass.benchmarks.report.Plot;
import io.daypass.benchmarks.report.TextTable;
import io.daypass.benchmarks.scenario.Scenarios;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs scenarios, and writes down what they gave. */
public final class Main {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HHmm").withZone(ZoneOffset.UTC);

    private static final int LAST_LINES = 40;

    private final Options options;
    private final PrintStream out;
    private final PrintStream progress;

    private Main(Options options, PrintStream out, PrintStream progress) {
        this.options = options;
        this.out = out;
        this.progress = progress;
    }

    /** Exits 0 if everything could be measured, 1 if a scenario failed, 64 if it was called wrongly. */
    public static void main(String[] words) throws IOException {
        Options options;
        try {
            options = Options.of(List.of(words), Scenarios.names(), System::getProperty);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.err.print(Options.USAGE);
            System.exit(64);
            return;
        }
        System.exit(new Main(options, System.out, System.err).run() ? 0 : 1);
    }

    private boolean run() throws IOException {
        if (options.list()) {
            Scenarios.ALL.forEach(each -> out.printf("%-14s %s%n", each.name(), each.about()));
            return true;
        }
        Instant begin = Instant.now();
        Map<String, String> conditions = Conditions.of(begin, options.quick());
        Path work = Files.createTempDirectory("daypass-benchmarks-");
        Bench bench = new Bench(
                new Installation(options.home(), options.plugin()),
                work,
                options.quick() ? Pace.QUICK : Pace.FULL,
                text -> progress.printf(
                        "[%5d s] %s%n", Duration.between(begin, Instant.now()).toSeconds(), text));
        boolean all = true;
        try {
            for (Scenario scenario : chosen()) {
                bench.say(scenario.name() + ": " + scenario.about());
                all &= measured(scenario, bench, work);
            }
        } finally {
            delete(work);
        }
        conditions.put("took", Duration.between(begin, Instant.now()).toSeconds() + " s");
        write(begin, conditions, bench);
        return all;
    }

    private List<Scenario> chosen() {
        return Scenarios.ALL.stream()
                .filter(each ->
                        options.scenarios().isEmpty() || options.scenarios().contains(each.name()))
                .toList();
    }

    /** One scenario that fails leaves the others their numbers. */
    private boolean measured(Scenario scenario, Bench bench, Path work) throws IOException {
        try {
            scenario.run(bench);
            return true;
        } catch (Exception e) {
            bench.say(scenario.name() + " failed: " + e);
            e.printStackTrace(progress);
            tellWhatBrokersSaid(work);
            return false;
        }
    }

    private void tellWhatBrokersSaid(Path work) throws IOException {
        try (Stream<Path> files = Files.walk(work)) {
            for (Path log : files.filter(file -> file.endsWith(Site.LOG)).toList()) {
                List<String> said = Files.readAllLines(log);
                progress.println(log);
                said.subList(Math.max(0, said.size() - LAST_LINES), said.size()).forEach(progress::println);
            }
        }
    }

    private void write(Instant begin, Map<String, String> conditions, Bench bench) throws IOException {
        Files.createDirectories(options.results());
        String name = STAMP.format(begin) + (options.quick() ? "-quick" : "");
        Path json = options.results().resolve(name + ".json");
        Path plot = options.results().resolve(name + ".svg");
        JsonFile.write(json, conditions, bench.lines());
        Files.writeString(plot, Plot.svg("Daypass, " + STAMP.format(begin), bench.lines()));
        conditions.forEach((key, value) -> out.println(key + ": " + value));
        out.println();
        out.print(TextTable.of(bench.lines()));
        out.println();
        out.println("Written to " + json + " and " + plot);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
