package io.daypass.broker.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.broker.api.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void object_nothingOrNull_isEmpty() {
        assertEquals(0, Json.object(new byte[0]).size());
        assertEquals(0, Json.object("null".getBytes(UTF_8)).size());
        assertEquals(0, Json.object("  ".getBytes(UTF_8)).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "\"x\"", "{", "{\"a\":1}{}", "{\"a\":1,\"a\":2}", "{a:1}", "{\"a\":01}", "nul"})
    void object_anythingElse_isRefusedAndNotEchoed(String text) {
        ApiException refused = assertThrows(ApiException.class, () -> Json.object(text.getBytes(UTF_8)));
        assertEquals(ApiException.Kind.BAD_REQUEST, refused.kind());
    }

    @Test
    void object_tooDeep_isRefused() {
        String deep = "{\"a\":".repeat(70) + "1" + "}".repeat(70);
        ApiException refused = assertThrows(ApiException.class, () -> Json.object(deep.getBytes(UTF_8)));
        assertTrue(refused.errors().get(0).contains("64 deep"), refused.errors().get(0));
    }

    @Test
    void object_inABrokenEncoding_isRefused() {
        byte[] utf32 = {0, 0, 0, '{', 0x7f, -1, -1, -1, 0, 0, 0, '}'};
        ApiException refused = assertThrows(ApiException.class, () -> Json.object(utf32));
        assertEquals(ApiException.Kind.BAD_REQUEST, refused.kind());
        assertTrue(refused.errors().get(0).contains("UTF-8"), refused.errors().get(0));
    }

    @Test
    void object_withMoreThanIsBearable_isRefused() {
        for (String text :
                new String[] {"{\"a\":\"" + "x".repeat((1 << 20) + 1) + "\"}", "{\"a\":[" + "1,".repeat(100_000) + "1]}"
                }) {
            ApiException refused = assertThrows(ApiException.class, () -> Json.object(text.getBytes(UTF_8)));
            assertEquals(ApiException.Kind.BAD_REQUEST, refused.kind());
        }
    }
}
