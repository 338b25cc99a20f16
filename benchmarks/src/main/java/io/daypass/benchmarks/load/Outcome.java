package io.daypass.benchmarks.load;

import io.daypass.benchmarks.measure.Latencies;
import java.util.Map;

/**
 * What came of some load.
 *
 * @param answered requests that got a status of 2xx
 * @param refused others, by their status
 * @param seconds from the first request to the last answer that counts
 * @param latencies of those that were answered; of a paced load since the moment at which each was to be sent
 */
public record Outcome(long answered, Map<Integer, Long> refused, double seconds, Latencies latencies) {
    /** Answers in a second. */
    public double rate() {
        return answered / seconds;
    }

    /** How many were refused. */
    public long refusals() {
        return refused.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * The same, if what was refused is nothing worth the name.
     *
     * @throws IllegalStateException if more than one in a hundred was refused: the number would be about something else
     */
    public Outcome sound() {
        if (refusals() > answered / 100) {
            throw new IllegalStateException(answered + " requests were answered, but others refused with " + refused);
        }
        return this;
    }
}
