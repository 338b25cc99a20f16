package io.daypass.broker.http;

import io.daypass.broker.api.Route;
import io.daypass.broker.api.Verb;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds what serves a path. Pure: it looks at what is mounted now, and does nothing. */
@FunctionalInterface
public interface Router {
    /** What was found. */
    Found find(Verb verb, List<String> path);

    /**
     * What was found.
     *
     * @param route serves it; null: nothing does
     * @param variables of the route's pattern
     * @param otherVerb whether the path is known with another verb
     */
    record Found(@Nullable Route route, Map<String, String> variables, boolean otherVerb) {
        /** Nothing. */
        public static final Found NOTHING = new Found(null, Map.of(), false);
    }
}
