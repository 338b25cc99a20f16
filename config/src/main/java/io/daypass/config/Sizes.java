package io.daypass.config;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes as people write them: {@code 64MiB}, {@code 16KiB}, {@code 512B}, {@code 512}. */
public final class Sizes {
    private static final String FORM = "write it as 512B, 16KiB, 64MiB or 1GiB";
    private static final int MAX_LENGTH = 32;
    private static final Pattern SIZE = Pattern.compile("([0-9]+)(B|KiB|MiB|GiB|)");

    private Sizes() {}

    /**
     * Reads a size. Units count by 1,024; {@code KB} and {@code MB}, which some count by 1,000, are refused.
     *
     * @return bytes, zero or more
     * @throws IllegalArgumentException if it is none; the text goes well after the name of what was to be set
     */
    public static long parse(String text) {
        Matcher size = SIZE.matcher(text);
        if (text.length() > MAX_LENGTH || !size.matches()) {
            throw new IllegalArgumentException("is not a size; " + FORM);
        }
        BigInteger bytes = new BigInteger(size.group(1)).shiftLeft(shiftOf(size.group(2)));
        if (bytes.bitLength() > 63) {
            throw new IllegalArgumentException("is larger than 8,589,934,591GiB, the largest size there is");
        }
        return bytes.longValueExact();
    }

    /** The shortest text that {@link #parse} reads as this many bytes. */
    public static String format(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("is negative; a size is zero or more");
        }
        for (String unit : new String[] {"GiB", "MiB", "KiB"}) {
            long one = 1L << shiftOf(unit);
            if (bytes >= one && bytes % one == 0) {
                return bytes / one + unit;
            }
        }
        return bytes + "B";
    }

    private static int shiftOf(String unit) {
        return switch (unit) {
            case "GiB" -> 30;
            case "MiB" -> 20;
            case "KiB" -> 10;
            default -> 0;
        };
    }
}
