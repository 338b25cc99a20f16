package io.daypass.config;

import java.nio.file.Path;
import java.util.Locale;

/**
 * A plugin archive, pinned.
 *
 * @param file the archive
 * @param sha256 64 hexadecimal digits, small letters
 */
public record PluginPin(
        @Key("The archive: a jar that only its owner may write.")
        Path file,

        @Key("The SHA-256 of its bytes, in 64 hexadecimal digits (`sha256sum FILE`).")
        String sha256) {
    public PluginPin {
        if (!sha256.matches("[0-9a-fA-F]{64}")) {
            throw new IllegalArgumentException("sha256: is not 64 hexadecimal digits, as sha256sum prints them");
        }
        sha256 = sha256.toLowerCase(Locale.ROOT);
    }
}
