package io.daypass.benchmarks.measure;

import java.util.Arrays;

/** How long things took, every one of them kept: no bucket rounds a tail. Not for several threads. */
public final class Latencies {
    private long[] nanos = new long[1 << 16];
    private int count;
    private boolean sorted = true;

    /** One more. */
    public void add(long nanoseconds) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = nanoseconds;
        sorted = false;
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /**
     * The time that this share of them stayed within.
     *
     * @param share such as 0.99
     * @return in milliseconds; not a number if there are none
     */
    public double millis(double share) {
        if (count == 0) {
            return Double.NaN;
        }
        if (!sorted) {
            Arrays.sort(nanos, 0, count);
            sorted = true;
        }
        int rank = (int) Math.ceil(share * count) - 1;
        return nanos[Math.max(0, Math.min(count - 1, rank))] / 1e6;
    }
}
