package io.daypass.broker.plugin;

import io.daypass.config.PluginPin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The plugins that come with Daypass, pinned by a file that the distribution makes beside them. */
public final class ShippedPlugins {
    private static final String PINS = "pins.sha256";

    private ShippedPlugins() {}

    /**
     * Reads the pins.
     *
     * @param home where Daypass is installed
     * @return empty if nothing came with it
     */
    public static List<PluginPin> pins(Path home) {
        Path folder = home.resolve("plugins");
        Path file = folder.resolve(PINS);
        if (!Files.exists(file)) {
            return List.of();
        }
        List<PluginPin> pins = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                String[] words = line.strip().split("\\s+", 2);
                if (words.length == 2) {
                    pins.add(new PluginPin(folder.resolve(words[1]), words[0]));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file + " can't be read", unreadable);
        }
        return pins;
    }
}
