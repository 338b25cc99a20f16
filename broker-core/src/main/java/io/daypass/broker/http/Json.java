package io.daypass.broker.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.broker.api.ApiException;
import java.io.CharConversionException;
import java.io.IOException;

/**
 * How JSON is read from strangers: one document, no member twice, and bounded in depth, in the length of a string and in
 * how much there is. It is read on the event loop and before anybody knows who sent it, so what a body of the greatest
 * length could cost there must be bounded too.
 */
final class Json {
    private static final int DEEPEST = 64;
    private static final int LONGEST_NUMBER = 100;
    private static final int LONGEST_STRING = 1 << 20;
    private static final int MOST_TOKENS = 100_000;

    /** For reading requests and writing replies. */
    static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(LONGEST_NUMBER)
                            .maxStringLength(LONGEST_STRING)
                            .maxTokenCount(MOST_TOKENS)
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
        } catch (CharConversionException unreadable) {
            throw ApiException.badRequest("the body is in no encoding that can be read here: send it in UTF-8");
        } catch (StreamConstraintsException beyond) {
            throw ApiException.badRequest("the body is more than is read here: at most " + DEEPEST
                    + " deep, strings of "
                    + LONGEST_STRING + " characters, numbers of " + LONGEST_NUMBER + " digits, and " + MOST_TOKENS
                    + " members and items in all");
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
