package io.daypass.dist;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;

/**
 * What the broker answered.
 *
 * @param status the HTTP status
 * @param headers as received
 * @param body the JSON; missing if there was none
 */
public record Answer(int status, HttpHeaders headers, JsonNode body) {
    /** Whether it is a 2xx. */
    public boolean isOk() {
        return status >= 200 && status < 300;
    }

    /**
     * This, if it is a 2xx.
     *
     * @throws IllegalStateException with the status and what the errors say, if not
     */
    public Answer ok() {
        if (!isOk()) {
            throw new IllegalStateException("the broker answered " + this);
        }
        return this;
    }

    /** The member {@code data}. */
    public JsonNode data() {
        return body.path("data");
    }

    /** A text of {@code data}; empty if it is not there. */
    public String data(String name) {
        return data().path(name).asText("");
    }

    /** The lease's id; empty if there is none. */
    public String leaseId() {
        return body.path("lease_id").asText("");
    }

    /** The lease's time in seconds. */
    public long leaseSeconds() {
        return body.path("lease_duration").asLong();
    }

    /** What the warnings say, one after the other. */
    public String warnings() {
        return joined("warnings");
    }

    /** What the errors say, one after the other. */
    public String errors() {
        return joined("errors");
    }

    /** The status and the errors: never what a 2xx holds, since that may be secret. */
    @Override
    public String toString() {
        return status + (errors().isEmpty() ? "" : " (" + errors() + ")");
    }

    private String joined(String name) {
        StringBuilder all = new StringBuilder();
        for (JsonNode one : body.path(name)) {
            all.append(all.length() == 0 ? "" : "; ").append(one.asText());
        }
        return all.toString();
    }
}
