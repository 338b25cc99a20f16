package io.daypass.cli.context;

import io.daypass.cli.shell.Secret;
import org.jspecify.annotations.Nullable;

/**
 * What the command line itself says about the connection; null where it says nothing.
 *
 * @param address {@code --address}
 * @param bearer {@code --token}
 * @param authorityFile {@code --ca-cert}
 * @param format {@code --format} or {@code -o}
 */
public record Flags(
        @Nullable String address,
        @Nullable Secret bearer,
        @Nullable String authorityFile,
        @Nullable String format) {
    /** Nothing. */
    public static final Flags NONE = new Flags(null, null, null, null);
}
