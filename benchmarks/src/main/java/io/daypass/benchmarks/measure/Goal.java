package io.daypass.benchmarks.measure;

import java.util.Locale;

/**
 * What a number should be.
 *
 * @param kind on which side of the bound it should lie
 * @param bound in the unit of the number
 */
public record Goal(Kind kind, double bound) {
    /** For a number that is only told. */
    public static final Goal NONE = new Goal(Kind.NONE, 0);

    /** A goal that is met by this number and by larger ones. */
    public static Goal atLeast(double bound) {
        return new Goal(Kind.AT_LEAST, bound);
    }

    /** A goal that is met by this number and by smaller ones. */
    public static Goal atMost(double bound) {
        return new Goal(Kind.AT_MOST, bound);
    }

    /** How the goal reads in the table; empty if there is none. */
    public String text() {
        return switch (kind) {
            case NONE -> "";
            case AT_LEAST -> "≥ " + number();
            case AT_MOST -> "≤ " + number();
        };
    }

    /** Whether a number meets it. */
    public boolean isMet(double value) {
        return kind == Kind.NONE || attainment(value) >= 1;
    }

    /** How much of the goal a number reaches: 1 is the goal, more is better. Not for {@link Kind#NONE}. */
    public double attainment(double value) {
        return kind == Kind.AT_LEAST ? value / bound : bound / value;
    }

    private String number() {
        return bound == Math.rint(bound) ? String.valueOf((long) bound) : String.format(Locale.ROOT, "%.2f", bound);
    }

    /** Which side is the good one. */
    public enum Kind {
        /** Neither. */
        NONE,
        /** Larger is better. */
        AT_LEAST,
        /** Smaller is better. */
        AT_MOST
    }
}
