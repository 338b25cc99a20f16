package io.daypass.broker.mount;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Request;
import io.daypass.broker.mount.bind.DurationText;
import io.daypass.broker.mount.bind.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The {@code ttl} that a caller asks for, in the query or in the body; it only ever shortens. */
final class AskedTtl {
    static final String FIELD = "ttl";
    private static final Duration LEAST = Duration.ofSeconds(1);

    private AskedTtl() {}

    /**
     * Reads it; the query wins.
     *
     * @return empty if none was asked for, or zero
     * @throws ApiException 400 naming it
     */
    static Optional<Duration> of(Request request) {
        String inQuery = request.query().get(FIELD);
        JsonNode node = inQuery == null ? request.body().get(FIELD) : TextNode.valueOf(inQuery);
        if (node == null || node.isNull()) {
            return Optional.empty();
        }
        Duration asked = read(node);
        if (asked.isZero()) {
            return Optional.empty();
        }
        if (asked.compareTo(LEAST) < 0) {
            throw ApiException.badRequest(FIELD + ": must be at least 1s");
        }
        return Optional.of(asked);
    }

    /** A warning for each member of a body that is something else. */
    static List<String> unknownBeside(ObjectNode body) {
        List<String> lines = new ArrayList<>();
        for (String field : (Iterable<String>) body::fieldNames) {
            if (!field.equals(FIELD)) {
                lines.add("unknown field '" + Printable.of(field) + "' is ignored");
            }
        }
        return lines;
    }

    private static Duration read(JsonNode node) {
        try {
            return DurationText.read(node);
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest(FIELD + ": " + e.getMessage());
        }
    }
}
