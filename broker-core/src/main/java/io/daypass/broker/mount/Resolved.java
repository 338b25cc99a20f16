package io.daypass.broker.mount;

import io.daypass.broker.api.Route;
import java.util.Map;

/**
 * What a verb and a path lead to.
 *
 * @param found whether they lead anywhere. If not, {@code route} needs a token like any other and answers 404, or 405
 *     where the path knows other verbs, so that it tells nothing to those who may not see it
 * @param route what serves it
 * @param variables of the route's pattern
 * @param mount the path of the mount, with its slash; empty if there is none
 */
public record Resolved(boolean found, Route route, Map<String, String> variables, String mount) {}
