package io.daypass.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a run was made on, so that a number can be read years later. */
public final class Conditions {
    private Conditions() {}

    /**
     * Looks at the machine.
     *
     * @param at when the run began
     * @param quick whether it was only a smoke run
     */
    public static Map<String, String> of(Instant at, boolean quick) {
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put("at", at.toString());
        conditions.put("mode", quick ? "quick: a smoke run, its numbers mean little" : "full");
        conditions.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
        conditions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        conditions.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
        conditions.put("cpu", firstOf(Path.of("/proc/cpuinfo"), "model name"));
        conditions.put("memory", firstOf(Path.of("/proc/meminfo"), "MemTotal"));
        conditions.put("load before", line(Path.of("/proc/loadavg")));
        return conditions;
    }

    private static String firstOf(Path file, String key) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String line(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
