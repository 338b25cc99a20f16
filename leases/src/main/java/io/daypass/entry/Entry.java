package io.daypass.entry;

import io.daypass.lease.Bytes;
import java.util.Objects;

/**
 * A named value that only the broker can read.
 *
 * @param path its name
 * @param version grows with every change; 1 is the first
 * @param keyVersion the version of the barrier key that {@code sealed} is under
 * @param sealed the value
 */
public record Entry(String path, long version, int keyVersion, Bytes sealed) {
    public Entry {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(sealed, "sealed");
    }
}
