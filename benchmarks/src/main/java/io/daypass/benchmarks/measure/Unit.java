package io.daypass.benchmarks.measure;

import java.util.Locale;

/** What a number counts. */
public enum Unit {
    /** One rate, size or time over another of the same run. */
    RATIO("×", 2),
    /** How many in a second. */
    PER_SECOND("/s", 0),
    /** Thousandths of a second. */
    MILLIS("ms", 1),
    /** Seconds. */
    SECONDS("s", 2),
    /** Bytes. */
    BYTES("B", 0),
    /** 2<sup>20</sup> bytes. */
    MEBIBYTES("MiB", 0),
    /** Things. */
    COUNT("", 0);

    private final String symbol;
    private final int decimals;

    Unit(String symbol, int decimals) {
        this.symbol = symbol;
        this.decimals = decimals;
    }

    /** The sign after the number. */
    public String symbol() {
        return symbol;
    }

    /** A number as people read it, with its sign. */
    public String format(double value) {
        String number = String.format(Locale.ROOT, "%,." + decimals + "f", value);
        return symbol.isEmpty() ? number : number + " " + symbol;
    }
}
