package io.daypass.broker.mount;

import io.daypass.broker.api.Route;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a verb and a path lead to.
 *
 * @param route what serves it; null: nothing does
 * @param variables of the route's pattern
 * @param otherVerb whether the path is known with another verb
 */
public record Resolved(@Nullable Route route, Map<String, String> variables, boolean otherVerb) {
    /** Nowhere. */
    public static final Resolved NOTHING = new Resolved(null, Map.of(), false);
}
