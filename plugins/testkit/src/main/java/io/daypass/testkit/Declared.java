package io.daypass.testkit;

import io.daypass.plugin.Engine;
import io.daypass.plugin.Kept;
import io.daypass.plugin.Mount;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What an engine declares, for its documents to be held against: the paths that it serves, and what is sent to them. */
public final class Declared {
    /** Methods of the SPI whose first argument is a path. */
    private static final Set<String> DECLARING =
            Set.of("collection", "action", "issue", "list", "read", "reveal", "remove", "document", "watched");

    /** Those of them whose second argument is the record that is sent there; what it keeps for itself nobody sends. */
    private static final Set<String> TAKING = Set.of("collection", "action");

    private final Set<String> paths = new TreeSet<>();
    private final Set<String> fields = new TreeSet<>();

    private Declared() {}

    /** Opens an engine on a mount that takes down what is declared, and does nothing else. */
    public static Declared by(Engine engine) {
        Declared declared = new Declared();
        engine.open(declared.noting(Mount.class));
        if (declared.paths.isEmpty()) {
            throw new IllegalArgumentException("the engine " + engine.type() + " serves no path");
        }
        return declared;
    }

    /**
     * The paths that documents don't name, between backquotes and below {@code mountedAt}.
     *
     * @param mountedAt without slashes
     * @param documents the text of them all
     */
    public List<String> pathsMissingFrom(String mountedAt, String documents) {
        return missing(paths.stream().map(path -> mountedAt + "/" + path), documents);
    }

    /** The fields, as they are written in JSON, that documents don't name between backquotes. */
    public List<String> fieldsMissingFrom(String documents) {
        return missing(fields.stream(), documents);
    }

    private static List<String> missing(Stream<String> names, String documents) {
        return names.filter(name -> !documents.contains("`" + name + "`")).toList();
    }

    private <T> T noting(Class<T> type) {
        InvocationHandler handler = (self, method, arguments) -> {
            if (DECLARING.contains(method.getName())) {
                paths.add((String) arguments[0]);
            }
            if (TAKING.contains(method.getName()) && arguments[1] instanceof Class<?> sent && sent.isRecord()) {
                Stream.of(sent.getRecordComponents())
                        .filter(component -> !component.isAnnotationPresent(Kept.class))
                        .map(RecordComponent::getName)
                        .map(name -> name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
                        .forEach(fields::add);
            }
            Class<?> answer = method.getReturnType();
            if (answer.isInstance(self)) {
                return self;
            }
            return answer.isInterface() ? noting(answer) : null;
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
