package io.daypass.entry;

import io.daypass.lease.Source;
import java.util.Objects;

/**
 * What is to be told of a change that isn't a lease's.
 *
 * @param source where it happened: {@code path} is what a reader must be allowed to read
 * @param text what happened, without secrets
 */
public record Notice(Source source, String text) {
    public Notice {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(text, "text");
    }
}
