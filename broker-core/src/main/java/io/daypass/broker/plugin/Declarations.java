package io.daypass.broker.plugin;

import io.daypass.plugin.Engine;
import io.daypass.plugin.Mount;
import io.daypass.plugin.Secret;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an engine declares, taken down by a mount that does nothing else: it keeps nothing and reaches nothing, so this
 * can be asked of any engine at any time.
 *
 * @param paths what it serves, within its mount, in the order in which it says so
 * @param records what is bound to JSON: entries, parameters, answers, handles
 */
record Declarations(List<String> paths, Set<Class<?>> records) {
    /** The methods of the SPI whose first argument is a path. */
    private static final Map<String, String> PATHS = Map.of(
            "collection", "entries",
            "action", "operation",
            "issue", "leases",
            "list", "orphans",
            "read", "read",
            "remove", "remove",
            "document", "document",
            "watched", "watched");

    public Declarations {
        paths = List.copyOf(paths);
        records = Set.copyOf(records);
    }

    /** Opens an engine. Whatever it throws is thrown. */
    static Declarations of(Engine engine) {
        Noting noting = new Noting();
        engine.open(noting.as(Mount.class));
        return new Declarations(noting.paths, noting.records);
    }

    private static final class Noting implements InvocationHandler {
        private final List<String> paths = new ArrayList<>();
        private final Set<Class<?>> records = new HashSet<>();

        <T> T as(Class<T> type) {
            return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this));
        }

        @Override
        public @Nullable Object invoke(Object self, Method method, Object @Nullable [] arguments) {
            String name = method.getName();
            if (method.getDeclaringClass() == Object.class) {
                return ofObject(self, name, arguments);
            }
            if (PATHS.containsKey(name) && arguments != null && arguments[0] instanceof String path) {
                paths.add(path + " (" + PATHS.get(name) + ")");
            }
            Stream.ofNullable(arguments)
                    .flatMap(Stream::of)
                    .filter(argument -> argument instanceof Class<?> type && type.isRecord())
                    .forEach(argument -> records.add((Class<?>) argument));
            Class<?> answer = method.getReturnType();
            if (answer.isInstance(self)) {
                return self;
            }
            return nothing(answer);
        }

        private static Object ofObject(Object self, String name, Object @Nullable [] arguments) {
            return switch (name) {
                case "equals" -> arguments != null && self == arguments[0];
                case "hashCode" -> System.identityHashCode(self);
                default -> "a mount that takes down what is declared";
            };
        }

        /** The least that a method can answer. */
        private @Nullable Object nothing(Class<?> answer) {
            if (answer == List.class) {
                return List.of();
            }
            if (answer == Map.class) {
                return Map.of();
            }
            if (answer == Optional.class) {
                return Optional.empty();
            }
            if (answer == InstantSource.class) {
                return InstantSource.fixed(Instant.EPOCH);
            }
            if (answer == Secret.class) {
                return Secret.of("none");
            }
            if (answer == byte[].class) {
                return new byte[0];
            }
            return answer.isInterface() ? as(answer) : primitive(answer);
        }

        private static @Nullable Object primitive(Class<?> answer) {
            if (answer == boolean.class) {
                return false;
            }
            if (answer == long.class) {
                return 0L;
            }
            if (answer == int.class) {
                return 0;
            }
            return answer == double.class ? 0.0 : null;
        }
    }
}
