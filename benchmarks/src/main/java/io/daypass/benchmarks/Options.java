package io.daypass.benchmarks;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What {@code benchmarks/run} was called with.
 *
 * @param quick a smoke run of seconds, whose numbers mean little
 * @param list only names the scenarios
 * @param scenarios those that were asked for by name; empty: all
 * @param home where the assembled broker is
 * @param plugin the archive of the engine without effect
 * @param results where the files go
 */
record Options(boolean quick, boolean list, Set<String> scenarios, Path home, Path plugin, Path results) {
    static final String USAGE = """
            Usage: benchmarks/run [--quick] [--list] [SCENARIO...]
            """;

    /**
     * @param known names of scenarios
     * @param properties of the JVM, by name
     * @throws IllegalArgumentException whose message says what was wrong
     */
    static Options of(List<String> words, Set<String> known, UnaryOperator<@Nullable String> properties) {
        boolean quick = false;
        boolean list = false;
        Set<String> scenarios = new LinkedHashSet<>();
        for (String word : words) {
            switch (word) {
                case "--quick" -> quick = true;
                case "--list" -> list = true;
                default -> {
                    if (!known.contains(word)) {
                        throw new IllegalArgumentException(
                                "\"" + word + "\" is no scenario; there are " + String.join(", ", known));
                    }
                    scenarios.add(word);
                }
            }
        }
        return new Options(
                quick,
                list,
                scenarios,
                place(properties, "home"),
                place(properties, "plugin"),
                place(properties, "results"));
    }

    private static Path place(UnaryOperator<@Nullable String> properties, String name) {
        String value = properties.apply("benchmarks." + name);
        if (value == null) {
            throw new IllegalArgumentException("start the benchmarks by benchmarks/run, which says where things are");
        }
        return Path.of(value);
    }
}
