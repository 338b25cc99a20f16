package io.daypass.broker.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Reply;
import io.daypass.broker.api.Times;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes replies and errors in the shapes that Vault's clients know. */
final class ReplyWriter {
    private static final String JSON = "application/json";

    /** The envelope's own members: what has such a name in the data is found there only. */
    private static final Set<String> ENVELOPE =
            Set.of("request_id", "lease_id", "renewable", "lease_duration", "data", "wrap_info", "warnings", "auth");

    private final InstantSource clock;

    /** @param clock what {@code lease_duration} is worked out by, as the reply is written */
    ReplyWriter(InstantSource clock) {
        this.clock = clock;
    }

    /** Writes a reply. Nothing of it has been written before. */
    void write(HttpServerResponse response, String requestId, Reply reply, boolean head) {
        response.setStatusCode(reply.status());
        noStore(response);
        reply.headers().forEach(response::putHeader);
        if (reply.stream() != null && head) {
            response.end();
        } else if (reply.stream() != null) {
            reply.stream().accept(response);
        } else if (reply.form() == Reply.Form.NONE) {
            response.end();
        } else if (reply.raw() != null) {
            end(response, reply.raw(), head);
        } else {
            response.putHeader("Content-Type", JSON);
            end(response, Buffer.buffer(body(requestId, reply)), head);
        }
    }

    /** Writes an error. The future completes when it has been sent. */
    Future<Void> error(HttpServerResponse response, ApiException error, boolean head) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        error.errors().forEach(body.putArray("errors")::add);
        response.setStatusCode(error.kind().status());
        noStore(response);
        error.headers().forEach(response::putHeader);
        response.putHeader("Content-Type", JSON);
        return end(response, Buffer.buffer(body.toString()), head);
    }

    private static void noStore(HttpServerResponse response) {
        response.putHeader("Cache-Control", "no-store");
    }

    private static Future<Void> end(HttpServerResponse response, Buffer body, boolean head) {
        if (head) {
            response.putHeader("Content-Length", String.valueOf(body.length()));
            return response.end();
        }
        return response.end(body);
    }

    private byte[] body(String requestId, Reply reply) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = Json.MAPPER.createGenerator(bytes)) {
            json.writeStartObject();
            if (reply.form() != Reply.Form.BARE) {
                envelope(json, requestId, reply);
            }
            if (reply.form() != Reply.Form.ENVELOPE && reply.data() instanceof ObjectNode data) {
                for (Map.Entry<String, JsonNode> member : data.properties()) {
                    if (reply.form() == Reply.Form.BOTH && ENVELOPE.contains(member.getKey())) {
                        continue;
                    }
                    json.writeFieldName(member.getKey());
                    json.writeTree(member.getValue());
                }
            }
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new IllegalStateException("writing to memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    private void envelope(JsonGenerator json, String requestId, Reply reply) throws IOException {
        Reply.LeaseInfo lease = reply.lease();
        json.writeStringField("request_id", requestId);
        json.writeStringField("lease_id", lease == null ? "" : lease.id());
        json.writeBooleanField("renewable", lease != null && lease.renewable());
        json.writeNumberField("lease_duration", lease == null ? 0 : left(lease.expiresAt()));
        tree(json, "data", reply.data());
        json.writeNullField("wrap_info");
        if (reply.warnings().isEmpty()) {
            json.writeNullField("warnings");
        } else {
            json.writeArrayFieldStart("warnings");
            for (String warning : reply.warnings()) {
                json.writeString(warning);
            }
            json.writeEndArray();
        }
        ObjectNode auth = reply.auth();
        if (auth != null && reply.authExpiresAt() != null) {
            auth.put("lease_duration", left(reply.authExpiresAt()));
        }
        tree(json, "auth", auth);
    }

    private static void tree(JsonGenerator json, String name, @Nullable JsonNode node) throws IOException {
        json.writeFieldName(name);
        if (node == null) {
            json.writeNull();
        } else {
            json.writeTree(node);
        }
    }

    private long left(Instant expiresAt) {
        return Times.secondsLeft(expiresAt, clock.instant());
    }
}
