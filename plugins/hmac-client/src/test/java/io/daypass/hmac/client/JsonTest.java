package io.daypass.hmac.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void object_isReadWhole() {
        assertEquals(
                Map.of(
                        "a",
                        List.of(1.0, -2.5e3),
                        "b",
                        Map.of("c", "\u00e9\n\"/\uD83D\uDD11"),
                        "d",
                        true,
                        "e",
                        List.of()),
                Json.object(
                        " {\"a\" : [1, -2.5e3],\"b\":{\"c\":\"\\u00e9\\n\\\"\\/\\ud83d\\udd11\"},\"d\":true, \"e\":[]} "));
        assertEquals(Arrays.asList((Object) null), Json.object("{\"a\":[null]}").get("a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\":1}x",
                "{'a':1}",
                "{\"a\":tru}",
                "{\"a\":--1}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u00\"}",
                "{\"a\":\"",
                "{\"a\":\"\n\"}",
                "{\"a\":[1}"
            })
    void anythingElse_isRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Json.object(text));
    }

    @Test
    void depth_isBounded() {
        assertThrows(IllegalArgumentException.class, () -> Json.object("{\"a\":" + "[".repeat(100_000)));
    }
}
