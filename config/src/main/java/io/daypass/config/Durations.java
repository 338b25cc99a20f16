package io.daypass.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people and Go programs write them: {@code 30s}, {@code 1h30m}, {@code 1.5h}, {@code 7d}, or a bare
 * number of seconds.
 *
 * <p>Units are {@code d h m s ms us ns}, each at most once. Nothing is guessed: signs, blanks, exponents, unknown units
 * and what is longer than {@link #MAX} are refused, and a value that can't be read is never repeated in the error.
 */
public final class Durations {
    /** The longest one that can be written: what fits into 64 bits of nanoseconds, as in Go (292 years). */
    public static final Duration MAX = Duration.ofNanos(Long.MAX_VALUE);

    private static final String FORM = "write it as 30s, 5m, 1h30m, or as a number of seconds";
    private static final String UNITS = "the units are d, h, m, s, ms, us and ns";
    private static final int MAX_LENGTH = 64;
    private static final BigInteger MAX_NANOS = BigInteger.valueOf(Long.MAX_VALUE);

    private static final Pattern BARE = Pattern.compile("[0-9]+");
    private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)([a-zµμ]*)");

    private Durations() {}

    /**
     * Reads a duration.
     *
     * @param text such as {@code 1h30m}, {@code 3600s} or {@code 3600} (seconds)
     * @return zero or more, at most {@link #MAX}; what is finer than a nanosecond is cut off
     * @throws IllegalArgumentException if it is none; the text goes well after the name of what was to be set
     */
    public static Duration parse(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("is empty, not a duration; " + FORM);
        }
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("is longer than " + MAX_LENGTH + " characters, so no duration; " + FORM);
        }
        if (text.charAt(0) == '-') {
            throw new IllegalArgumentException("is negative; a duration is zero or more");
        }
        if (BARE.matcher(text).matches()) {
            return ofNanos(new BigInteger(text).multiply(BigInteger.valueOf(1_000_000_000L)));
        }
        return parts(text);
    }

    /**
     * A duration from a bare number.
     *
     * @param seconds zero or more
     * @throws IllegalArgumentException if it is negative or longer than {@link #MAX}
     */
    public static Duration ofSeconds(long seconds) {
        if (seconds < 0) {
            throw new IllegalArgumentException("is negative; a duration is zero or more");
        }
        return ofNanos(BigInteger.valueOf(seconds).multiply(BigInteger.valueOf(1_000_000_000L)));
    }

    /** The shortest text that {@link #parse} reads as this duration: {@code 1h30m}, {@code 0s}. */
    public static String format(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("is negative; a duration is zero or more");
        }
        StringBuilder text = new StringBuilder();
        append(text, duration.toHours(), "h");
        append(text, duration.toMinutesPart(), "m");
        append(text, duration.toSecondsPart(), "s");
        int nanos = duration.toNanosPart();
        append(text, nanos / 1_000_000, "ms");
        append(text, nanos / 1_000 % 1_000, "us");
        append(text, nanos % 1_000, "ns");
        return text.isEmpty() ? "0s" : text.toString();
    }

    private static Duration parts(String text) {
        Matcher part = PART.matcher(text);
        BigInteger total = BigInteger.ZERO;
        Set<Long> seen = new HashSet<>();
        int at = 0;
        while (at < text.length()) {
            part.region(at, text.length());
            if (!part.lookingAt()) {
                throw new IllegalArgumentException("is not a duration (see character " + (at + 1) + "); " + FORM);
            }
            long unit = nanosOf(part.group(2), part.end(1) + 1);
            if (!seen.add(unit)) {
                throw new IllegalArgumentException("names the same unit twice; " + FORM);
            }
            total = total.add(new BigDecimal(part.group(1))
                    .multiply(BigDecimal.valueOf(unit))
                    .toBigInteger());
            at = part.end();
        }
        return ofNanos(total);
    }

    private static long nanosOf(String unit, int at) {
        return switch (unit) {
            case "d" -> 86_400_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "s" -> 1_000_000_000L;
            case "ms" -> 1_000_000L;
            case "us", "µs", "μs" -> 1_000L;
            case "ns" -> 1L;
            case "" -> throw new IllegalArgumentException("lacks a unit at character " + at + "; " + UNITS);
            default -> throw new IllegalArgumentException("has an unknown unit at character " + at + "; " + UNITS);
        };
    }

    private static Duration ofNanos(BigInteger nanos) {
        if (nanos.compareTo(MAX_NANOS) > 0) {
            throw new IllegalArgumentException("is longer than 292 years, the longest duration there is");
        }
        return Duration.ofNanos(nanos.longValueExact());
    }

    private static void append(StringBuilder text, long count, String unit) {
        if (count > 0) {
            text.append(count).append(unit);
        }
    }
}
