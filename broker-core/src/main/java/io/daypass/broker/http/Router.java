package io.daypass.broker.http;

import io.daypass.broker.api.Verb;
import io.daypass.broker.mount.Resolved;
import java.util.List;

/** Finds what serves a path. Pure: it looks at what is mounted now, and does nothing. */
@FunctionalInterface
public interface Router {
    /** What a verb and a path lead to. */
    Resolved find(Verb verb, List<String> path);
}
