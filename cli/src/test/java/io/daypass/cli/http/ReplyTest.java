package io.daypass.cli.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReplyTest {
    @Test
    void pretty_keepsEveryMemberItsOrderAndEveryDigit() throws IOException {
        String text = "{\"z\":1.10,\"a\":12345678901234567890123,\"lease_id\":\"\",\"data\":null,\"warnings\":[\"x\"]}";
        String pretty = reply(text).pretty();
        assertEquals(text, pretty.replaceAll("\\s", ""));
        assertEquals(read(text), read(pretty));
    }

    @Test
    void said_isDataOrAuthOrAll() throws IOException {
        assertEquals(
                1, reply("{\"data\":{\"a\":1},\"auth\":null}").said().path("a").asInt());
        assertEquals(
                2, reply("{\"data\":null,\"auth\":{\"a\":2}}").said().path("a").asInt());
        assertEquals(3, reply("{\"a\":3}").said().path("a").asInt());
        assertTrue(reply("{\"data\":null,\"auth\":null,\"request_id\":\"x\"}")
                .said()
                .isEmpty());
    }

    private static Reply reply(String text) throws IOException {
        return new Reply(200, read(text));
    }

    private static JsonNode read(String text) throws IOException {
        return Json.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
