package io.daypass.cli.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the broker answered.
 *
 * @param status of HTTP
 * @param body the whole of it; a missing node if there was none, or none in JSON
 * @param plain the whole of it where it is no JSON; else null
 */
public record Reply(int status, JsonNode body, @Nullable String plain) {
    /** An answer in JSON. */
    public Reply(int status, JsonNode body) {
        this(status, body, null);
    }

    /** An answer that is a text. */
    static Reply plain(int status, byte[] text) {
        return new Reply(status, MissingNode.getInstance(), new String(text, StandardCharsets.UTF_8));
    }

    /** {@code data}; else {@code auth}; else, where there is no envelope, all of it. */
    public JsonNode said() {
        if (body.path("data").isObject()) {
            return body.get("data");
        }
        if (body.path("auth").isObject()) {
            return body.get("auth");
        }
        return body.has("data") || !body.isObject() ? JsonNodeFactory.instance.objectNode() : body;
    }

    /** The lease that came with it; empty if none. */
    public String leaseId() {
        return body.path("lease_id").asText("");
    }

    /** All of it as JSON, indented: the members that the broker sent, in its order. */
    public String pretty() {
        try {
            return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(body);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree could not be written", impossible);
        }
    }
}
