package io.daypass.testkit;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Mount;
import io.daypass.plugin.Secret;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A kind of lease, as an engine declared it. */
final class DeclaredKind {
    /** The name that the callback which ends a lease goes by here. */
    static final String REVOKE = "leases";

    private final String name;
    private final Class<? extends Record> handle;
    private final Map<String, Class<?>> answers = new HashMap<>();
    private final Map<String, Object> callbacks = new HashMap<>();
    private final Set<String> declared = new HashSet<>();

    DeclaredKind(String name, Class<? extends Record> handle) {
        this.name = name;
        this.handle = handle;
    }

    String name() {
        return name;
    }

    Class<? extends Record> handle() {
        return handle;
    }

    /** Whether that method of {@code Leases} was called. */
    boolean declares(String method) {
        return declared.contains(method);
    }

    boolean hasEffect() {
        return !declares("withoutEffect");
    }

    boolean issuesAt(String path) {
        return answers.keySet().stream().anyMatch(template -> Paths.match(template, path));
    }

    /**
     * Whether what is issued at a path is declared to come with a secret, or with what the subject says is one.
     *
     * @param names of what must be kept secret
     */
    boolean answersSecret(String path, Set<String> names) {
        return answers.entrySet().stream()
                .filter(each -> Paths.match(each.getKey(), path))
                .anyMatch(each -> holdsSecret(each.getValue(), names));
    }

    private static boolean holdsSecret(Class<?> answer, Set<String> names) {
        return Arrays.stream(answer.getRecordComponents())
                .anyMatch(each -> each.getType() == Secret.class
                        || names.contains(snake(each.getName()))
                        || (each.getType().isRecord() && holdsSecret(each.getType(), names)));
    }

    private static String snake(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    /** Takes down a call that declared something. */
    void declare(String method, @Nullable Object[] arguments) {
        declared.add(method);
        if (method.equals("issue")) {
            answers.put((String) given(arguments[0]), (Class<?>) given(arguments[arguments.length - 2]));
        }
        for (Object each : arguments) {
            if (each != null && Watch.callback(each) != null) {
                callbacks.put(method, each);
            }
        }
    }

    private static Object given(@Nullable Object argument) {
        return Objects.requireNonNull(argument);
    }

    /**
     * Calls the engine as the broker would.
     *
     * @param what the method that declared the callback
     * @param ofHandle the handle
     * @param instant for those that want one
     */
    @Nullable
    Object call(String what, Record ofHandle, Instant instant, Deadline deadline) throws Exception {
        Object callback = Objects.requireNonNull(callbacks.get(what), what);
        Method method = Objects.requireNonNull(Watch.callback(callback));
        Object[] arguments = new Object[method.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = argument(method.getParameterTypes()[i], what, ofHandle, instant, deadline);
        }
        try {
            return method.invoke(callback, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static Object argument(Class<?> type, String what, Record handle, Instant instant, Deadline deadline) {
        if (type == Deadline.class) {
            return deadline;
        }
        if (type == Instant.class) {
            return instant;
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        // Both sorts of Mount.Revoke take their first argument as an Object, once compiled.
        return what.equals("revokeAll") ? List.of(handle) : handle;
    }

    /** What ends a lease, besides {@link Mount.Revoke} itself. */
    List<String> endings() {
        return List.of(REVOKE, "revokeAll", "settle").stream()
                .filter(callbacks::containsKey)
                .toList();
    }
}
