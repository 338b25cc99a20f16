package io.daypass.broker.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.daypass.broker.api.ApiException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathReaderTest {
    @Test
    void segments_dropsEmptyOnesAndSlashesAtTheEnds() {
        assertEquals(List.of("secret", "x"), PathReader.segments("//secret///x/"));
        assertEquals(List.of(), PathReader.segments("/"));
    }

    @Test
    void segments_areDecodedOnce() {
        assertEquals(List.of("a b", "ü"), PathReader.segments("/a%20b/%C3%BC"));
        assertEquals(List.of("ü"), PathReader.segments("/ü"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a/../b",
                "/a/./b",
                "/a/%2e%2e/b",
                "/a/%2E/b",
                "/a%2fb",
                "/a%5cb",
                "/a\\b",
                "/a%00b",
                "/a%0ab",
                "/a%252e",
                "/a%",
                "/a%2",
                "/a%zz",
                "/a%ff%fe"
            })
    void segments_whatCouldMeanAnotherPath_isRefused(String raw) {
        ApiException refused = assertThrows(ApiException.class, () -> PathReader.segments(raw));
        assertEquals(ApiException.Kind.BAD_REQUEST, refused.kind());
    }

    @Test
    void segments_tooLong_isRefused() {
        assertThrows(ApiException.class, () -> PathReader.segments("/" + "a".repeat(5_000)));
    }
}
