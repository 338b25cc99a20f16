package io.daypass.engine.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.daypass.testkit.Declared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The documents name every path that this engine serves, and every field of what is sent to it. */
class HttpReferenceTest {
    private static final Path DOCS = Path.of("..", "..", "docs");

    @Test
    void reference_namesEveryPath_andDocumentsEveryField() throws IOException {
        String reference = Files.readString(DOCS.resolve("reference/http.md"));
        String manual = Files.readString(DOCS.resolve("manual/redis.md"));
        try (RedisEngine engine = new RedisEngine()) {
            Declared declared = Declared.by(engine);
            assertEquals(List.of(), declared.pathsMissingFrom("redis", reference));
            assertEquals(List.of(), declared.fieldsMissingFrom(reference + manual));
        }
    }
}
