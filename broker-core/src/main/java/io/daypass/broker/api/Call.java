package io.daypass.broker.api;

import java.util.Map;

/**
 * A request that may be served: its route was found, its token known, its policies asked.
 *
 * @param request what was sent
 * @param caller who sent it
 * @param variables of the route's pattern
 */
public record Call(Request request, Caller caller, Map<String, String> variables) {
    /**
     * The value of a variable of the pattern.
     *
     * @throws IllegalArgumentException if the pattern has no such variable
     */
    public String at(String variable) {
        String value = variables.get(variable);
        if (value == null) {
            throw new IllegalArgumentException("the path has no {" + variable + "}");
        }
        return value;
    }
}
