package io.daypass.config;

/**
 * A number of bytes.
 *
 * @param bytes zero or more
 */
public record Size(long bytes) implements Comparable<Size> {
    public Size {
        if (bytes < 0) {
            throw new IllegalArgumentException("is negative; a size is zero or more");
        }
    }

    /** The same as an int, for where an array is made. */
    public int toInt() {
        return Math.toIntExact(bytes);
    }

    @Override
    public int compareTo(Size other) {
        return Long.compare(bytes, other.bytes);
    }

    /** As the file would have it. */
    @Override
    public String toString() {
        return Sizes.format(bytes);
    }
}
