package io.daypass.engine.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.plugin.Kept;
import io.daypass.plugin.Mount;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reference of the HTTP API names every path that this engine serves, and every field that it takes. */
class HttpReferenceTest {
    private static final Path REFERENCE = Path.of("..", "..", "docs", "reference", "http.md");

    /** Methods of the SPI whose first argument is a path. */
    private static final Set<String> DECLARING = Set.of("collection", "action", "issue", "list");

    private final Set<String> paths = new TreeSet<>();

    @Test
    void reference_namesEveryPath() throws IOException {
        try (DatabaseEngine engine = new DatabaseEngine()) {
            engine.open(recording(Mount.class));
        }

        assertTrue(paths.contains("creds/{role}"), "what is declared was not noted: " + paths);
        assertEquals(
                List.of(),
                missing(paths.stream().map(path -> "`database/" + path + "`")),
                "not in " + REFERENCE + ": what is served must be described there");
    }

    @Test
    void reference_namesEveryField() throws IOException {
        Stream<String> fields = Stream.of(Connection.class, Role.class)
                .flatMap(type -> Stream.of(type.getRecordComponents()))
                .filter(component -> !component.isAnnotationPresent(Kept.class))
                .map(RecordComponent::getName)
                .map(name -> "`" + name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT) + "`");

        assertEquals(List.of(), missing(fields), "not in " + REFERENCE);
    }

    private static List<String> missing(Stream<String> names) throws IOException {
        String reference = Files.readString(REFERENCE);
        List<String> missing = new ArrayList<>();
        names.filter(name -> !reference.contains(name)).forEach(missing::add);
        return missing;
    }

    /** Something of the SPI that notes the paths that are declared, and answers more of the same. */
    private <T> T recording(Class<T> type) {
        InvocationHandler handler = (self, method, arguments) -> {
            if (DECLARING.contains(method.getName())) {
                paths.add((String) arguments[0]);
            }
            Class<?> answer = method.getReturnType();
            if (answer.isInstance(self)) {
                return self;
            }
            return answer.isInterface() ? recording(answer) : "";
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
