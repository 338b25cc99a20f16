package io.daypass.broker.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.daypass.broker.seal.Barrier;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns entries into lines of JSON. Every string that was sent or answered becomes {@code hmac-sha256:} and its
 * HMAC-SHA-256 under a key of the barrier, so that whoever has a value can find its lines, and nobody can read a value
 * out of them. Names of members, numbers and booleans stay as they are.
 *
 * <p>While the broker is sealed there is no such key: those lines have no data at all, and say {@code "sealed": true}.
 */
final class AuditLines {
    /** What stands before a MAC. */
    private static final String MARK = "hmac-sha256:";

    /** Members whose strings can't be secrets: durations. Keep it that short. */
    private static final Set<String> PLAIN = Set.of("ttl", "increment");

    /** Members that hold secrets, whose numbers are hidden too: who sends one as a number by mistake is told so, not shown. */
    private static final Set<String> SECRET = Set.of("password", "secret", "secret_id", "token", "key", "otp", "id");

    private static final JsonFactory JSON = new JsonFactory();

    private final Barrier barrier;

    AuditLines(Barrier barrier) {
        this.barrier = barrier;
    }

    /** The line, with its line feed. */
    byte[] line(AuditEntry entry) {
        try {
            return line(entry, barrier.isOpen());
        } catch (Barrier.SealedException sealedMeanwhile) {
            return line(entry, false);
        }
    }

    /** What stands in the log for this text. */
    String mac(String text) {
        byte[] mac = barrier.mac("audit", text.getBytes(StandardCharsets.UTF_8));
        return MARK + HexFormat.of().formatHex(mac);
    }

    private byte[] line(AuditEntry entry, boolean withData) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("time", entry.time().toString());
            json.writeStringField("type", entry.answer() == null ? "request" : "response");
            if (!withData) {
                json.writeBooleanField("sealed", true);
            }
            request(json, entry, withData);
            caller(json, entry, withData);
            answer(json, entry.answer(), withData);
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory", e);
        }
        return line.toByteArray();
    }

    private void request(JsonGenerator json, AuditEntry entry, boolean withData) throws IOException {
        json.writeObjectFieldStart("request");
        json.writeStringField("id", entry.requestId());
        json.writeStringField("operation", entry.operation());
        json.writeStringField("path", entry.path());
        json.writeStringField("remote_address", entry.remote());
        if (!entry.reason().isEmpty()) {
            json.writeStringField("reason", entry.reason());
        }
        // What was sent is in the request's own line; the answer's line has the same id.
        if (withData && entry.answer() == null) {
            field(json, "data", entry.request());
        }
        json.writeEndObject();
    }

    private void caller(JsonGenerator json, AuditEntry entry, boolean withData) throws IOException {
        json.writeObjectFieldStart("auth");
        json.writeStringField("display_name", entry.displayName());
        texts(json, "policies", entry.policies());
        if (withData && !entry.accessor().isEmpty()) {
            json.writeStringField("accessor", mac(entry.accessor()));
        }
        json.writeEndObject();
    }

    private void answer(JsonGenerator json, AuditEntry.@Nullable Answer answer, boolean withData) throws IOException {
        if (answer == null) {
            return;
        }
        json.writeObjectFieldStart("response");
        json.writeNumberField("status", answer.status());
        if (withData) {
            if (!answer.leaseId().isEmpty()) {
                json.writeStringField("lease_id", mac(answer.leaseId()));
            }
            field(json, "data", answer.data());
            field(json, "auth", answer.auth());
        }
        if (!answer.errors().isEmpty()) {
            texts(json, "errors", answer.errors());
        }
        json.writeEndObject();
    }

    private static void texts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private void field(JsonGenerator json, String name, @Nullable JsonNode value) throws IOException {
        if (value != null && !(value.isContainerNode() && value.isEmpty())) {
            json.writeFieldName(name);
            value(json, value);
        }
    }

    private void value(JsonGenerator json, JsonNode value) throws IOException {
        switch (value.getNodeType()) {
            case OBJECT -> {
                json.writeStartObject();
                for (Map.Entry<String, JsonNode> member : value.properties()) {
                    json.writeFieldName(member.getKey());
                    if (member.getValue().isTextual() && PLAIN.contains(member.getKey())) {
                        json.writeString(member.getValue().textValue());
                    } else if (member.getValue().isNumber() && SECRET.contains(member.getKey())) {
                        json.writeString(mac(member.getValue().asText()));
                    } else {
                        value(json, member.getValue());
                    }
                }
                json.writeEndObject();
            }
            case ARRAY -> {
                json.writeStartArray();
                for (JsonNode element : value) {
                    value(json, element);
                }
                json.writeEndArray();
            }
            case NUMBER -> json.writeNumber(value.asText());
            case BOOLEAN -> json.writeBoolean(value.booleanValue());
            case NULL, MISSING -> json.writeNull();
            default -> json.writeString(mac(value.asText()));
        }
    }
}
