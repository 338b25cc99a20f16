package io.daypass.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where requests and their answers are written down.
 *
 * @param file a path, or {@link #NONE}
 */
public record AuditSettings(
        @Key("The file, of JSON lines, made with mode 0600; to rotate it, rename it. What can't be written there is not"
                + " served. `none` (a file of that name is `./none`) writes nothing: for development only.")
        String file) {
    /** Says that nothing is to be written. */
    public static final String NONE = "none";

    /** The file; empty if nothing is to be written. */
    public Optional<Path> path() {
        return file.equals(NONE) ? Optional.empty() : Optional.of(Path.of(file));
    }
}
