package io.daypass.cli.shell;

import java.util.Objects;

/** A text that must not be seen by accident: it prints as {@code (hidden)}. */
public final class Secret {
    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /** A secret text. */
    public static Secret of(String text) {
        return new Secret(Objects.requireNonNull(text, "text"));
    }

    /** The text. Whoever calls it answers for where it goes. */
    public String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "(hidden)";
    }
}
