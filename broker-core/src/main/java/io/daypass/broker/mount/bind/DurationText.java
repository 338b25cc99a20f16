package io.daypass.broker.mount.bind;

import com.fasterxml.jackson.databind.JsonNode;
import io.daypass.config.Durations;
import java.time.Duration;

/** A duration as JSON carries it: {@code "1h30m"}, {@code "3600"} or {@code 3600}. */
public final class DurationText {
    private DurationText() {}

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException if it is none; the text goes well after the name of the field
     */
    public static Duration read(JsonNode node) {
        if (node.isTextual()) {
            return Durations.parse(node.textValue());
        }
        if (!node.isIntegralNumber()) {
            throw new IllegalArgumentException(
                    "must be a duration: write it as 30s, 5m, 1h30m, or as a number of seconds");
        }
        if (!node.canConvertToLong()) {
            throw new IllegalArgumentException("is out of bounds: a duration is between zero and 292 years");
        }
        return Durations.ofSeconds(node.longValue());
    }
}
