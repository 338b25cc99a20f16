package io.daypass.broker.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.broker.api.ApiException;
import java.io.IOException;

/** How JSON is read from strangers: bounded in depth, one document, no member twice. */
final class Json {
    private static final int DEEPEST = 64;
    private static final int LONGEST_NUMBER = 100;

    /** For reading requests and writing replies. */
    static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(LONGEST_NUMBER)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /**
     * @param bytes a body
     * @return the object it holds; an empty one if there is nothing
     */
    static ObjectNode object(byte[] bytes) {
        if (bytes.length == 0) {
            return MAPPER.createObjectNode();
        }
        try {
            JsonNode node = MAPPER.readTree(bytes);
            if (node == null || node.isMissingNode() || node.isNull()) {
                return MAPPER.createObjectNode();
            }
            if (node instanceof ObjectNode object) {
                return object;
            }
            throw ApiException.badRequest("the body must be a JSON object, such as {\"ttl\": \"1h\"}");
        } catch (JsonProcessingException unreadable) {
            throw ApiException.badRequest("the body is no JSON that can be read here"
                    + (unreadable.getLocation() == null
                            ? ""
                            : " (line " + unreadable.getLocation().getLineNr() + ", column "
                                    + unreadable.getLocation().getColumnNr() + ")")
                    + ": send one object, at most " + DEEPEST + " deep, no member twice");
        } catch (IOException impossible) {
            throw new IllegalStateException("reading from memory failed", impossible);
        }
    }
}
