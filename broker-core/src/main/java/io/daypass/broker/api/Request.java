package io.daypass.broker.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.plugin.Secret;
import java.util.List;
import java.util.Map;

/**
 * One request, parsed once.
 *
 * @param id a UUID, given back as {@code request_id}
 * @param verb what is to be done
 * @param path below {@code /v1}, split, each segment decoded once
 * @param body the JSON object; empty if none was sent. Members that were {@code null} are still there
 * @param query the query's parameters, the first of each name
 * @param reason from {@code X-Daypass-Reason}; empty if none
 * @param remote the address that it came from
 * @param headers by lower-case name, the first of each, without those that carry a token
 * @param token that it was sent with; empty if none
 */
public record Request(
        String id,
        Verb verb,
        List<String> path,
        ObjectNode body,
        Map<String, String> query,
        String reason,
        String remote,
        Map<String, String> headers,
        Secret token) {
    public Request {
        path = List.copyOf(path);
    }

    @Override
    public String toString() {
        return verb + " " + pathText() + " (" + id + ")";
    }

    /** The path as one text, without a slash at either end. */
    public String pathText() {
        return String.join("/", path);
    }
}
