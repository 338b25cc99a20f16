package io.daypass.testkit;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A credential, as it was issued.
 *
 * @param sent what it was asked for with: of a key that the caller brings, the broker's answer says nothing
 * @param data the answer that it came in
 */
public record Credential(JsonNode sent, JsonNode data) {
    /** A field of the answer, as text; empty if it isn't there. */
    public String text(String field) {
        return data.path(field).asText();
    }
}
