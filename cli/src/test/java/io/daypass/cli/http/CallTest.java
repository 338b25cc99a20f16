package io.daypass.cli.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallTest {
    @ParameterizedTest
    @CsvSource({
        "database/creds/reader,/v1/database/creds/reader",
        "/v1/database/creds/reader,/v1/database/creds/reader",
        "//x//y/,/v1/x//y/",
        "a b/ü?#%2e,/v1/a%20b/%c3%bc%3f%23%252e",
        "x/../y,/v1/x/../y"
    })
    void target_encodesSegmentsAndNothingElse(String path, String target) {
        assertEquals(target, Call.read(path).target());
    }

    @Test
    void target_putsParametersInOrder() {
        assertEquals("/v1/x?a=1%262&list=true", Call.list("x").with("a", "1&2").target());
    }
}
