package io.daypass.engine.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.engine.ssh.host.Host;
import io.daypass.engine.ssh.role.Role;
import io.daypass.plugin.Mount;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents name every path that this engine serves, and every field of what is configured. */
class HttpReferenceTest {
    private static final Path DOCS = Path.of("..", "..", "docs");

    /** Methods of the SPI whose first argument is a path. */
    private static final Set<String> DECLARING =
            Set.of("collection", "action", "issue", "list", "read", "remove", "document", "watched");

    private final Set<String> paths = new TreeSet<>();

    @Test
    void reference_namesEveryPath() throws IOException {
        try (SshEngine engine = new SshEngine()) {
            engine.open(recording(Mount.class));
        }
        assertTrue(paths.contains("sign/{role}"), "what is declared was not noted: " + paths);
        String reference = Files.readString(DOCS.resolve("reference/http.md"));
        assertEquals(
                List.of(),
                paths.stream()
                        .filter(path -> !reference.contains("`ssh/" + path + "`"))
                        .toList());
    }

    @Test
    void documents_nameEveryField() throws IOException {
        String documents =
                Files.readString(DOCS.resolve("reference/http.md")) + Files.readString(DOCS.resolve("manual/ssh.md"));
        List<String> missing = Stream.of(Role.class, Host.class)
                .flatMap(type -> Stream.of(type.getRecordComponents()))
                .map(RecordComponent::getName)
                .map(name -> "`" + name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT) + "`")
                .filter(name -> !documents.contains(name))
                .toList();
        assertEquals(List.of(), missing);
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
            return answer.isInterface() ? recording(answer) : null;
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
