package io.daypass.broker.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a policy written as JSON: <code>{"path": {"a/b/*": {"capabilities": ["read"]}}, "name": "..."}</code>. */
final class JsonPolicyReader {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(8)
                    .maxNameLength(4 * Pattern.MAX_LENGTH)
                    .maxStringLength(4 * Pattern.MAX_LENGTH)
                    .build())
            .build();

    private final String text;
    private final Stanzas stanzas;

    JsonPolicyReader(String text, Stanzas stanzas) {
        this.text = text;
        this.stanzas = stanzas;
    }

    void read() {
        try (JsonParser json = JSON.createParser(text)) {
            json.nextToken();
            policy(json);
            if (json.nextToken() != null) {
                throw new PolicyException(at(json), "the policy ended before this");
            }
        } catch (JsonProcessingException e) {
            throw new PolicyException(position(e.getLocation()), "not JSON: " + reason(e));
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory", e);
        }
    }

    private void policy(JsonParser json) throws IOException {
        expect(json, JsonToken.START_OBJECT, "an object");
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = json.currentName();
            Position keyAt = at(json);
            json.nextToken();
            switch (key) {
                case "path" -> paths(json);
                case "name" -> expect(json, JsonToken.VALUE_STRING, "a string");
                default -> throw Stanzas.unknownTopKey(key, keyAt);
            }
        }
    }

    private void paths(JsonParser json) throws IOException {
        expect(json, JsonToken.START_OBJECT, "an object of stanzas, each under its path");
        while (json.nextToken() != JsonToken.END_OBJECT) {
            Set<Capability> capabilities = stanzas.begin(json.currentName(), at(json));
            json.nextToken();
            stanza(json, capabilities);
        }
    }

    private static void stanza(JsonParser json, Set<Capability> capabilities) throws IOException {
        expect(json, JsonToken.START_OBJECT, "an object with \"capabilities\"");
        while (json.nextToken() != JsonToken.END_OBJECT) {
            if (!json.currentName().equals("capabilities")) {
                throw Stanzas.unknownKey(json.currentName(), at(json));
            }
            json.nextToken();
            expect(json, JsonToken.START_ARRAY, "a list of capabilities");
            while (json.nextToken() != JsonToken.END_ARRAY) {
                expect(json, JsonToken.VALUE_STRING, "a capability");
                capabilities.add(Stanzas.capability(json.getText(), at(json)));
            }
        }
    }

    private static void expect(JsonParser json, JsonToken token, String what) {
        if (json.currentToken() != token) {
            throw new PolicyException(at(json), "expected " + what);
        }
    }

    private static Position at(JsonParser json) {
        return position(json.currentTokenLocation());
    }

    private static Position position(@Nullable JsonLocation location) {
        return location == null
                ? new Position(1, 1)
                : new Position(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }

    /** The parser's own words, without the lines on where that it adds for programmers. */
    private static String reason(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        return message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
    }
}
