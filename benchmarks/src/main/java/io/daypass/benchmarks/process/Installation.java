package io.daypass.benchmarks.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The assembled broker, as it would be installed.
 *
 * @param home the assembled directory
 * @param plugin the archive of the engine without effect
 */
public record Installation(Path home, Path plugin) {
    /** The words that start a server with this configuration. */
    List<String> command(Path config) {
        List<String> words =
                new ArrayList<>(List.of(home.resolve("bin").resolve("daypass").toString(), "server"));
        words.add("-config");
        words.add(config.toString());
        return words;
    }
}
