package io.daypass.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads one value from its text, by type. */
final class Scalars {
    private static final Map<Class<?>, Function<String, ? extends Comparable<?>>> READERS = Map.of(
            String.class, Scalars::text,
            Path.class, Scalars::path,
            Duration.class, Durations::parse,
            Size.class, text -> new Size(Sizes.parse(text)),
            int.class, Scalars::integer,
            boolean.class, Scalars::truth);

    private static final Map<Class<?>, String> NAMES = Map.of(
            String.class, "text",
            Path.class, "path",
            Duration.class, "duration (`30s`, `1h30m`)",
            Size.class, "size (`16KiB`, `64MiB`)",
            int.class, "number",
            boolean.class, "`true` or `false`",
            HostPort.class, "address (`127.0.0.1:8200`)");

    private Scalars() {}

    /** Whether values of that type are single words. */
    static boolean knows(Class<?> type) {
        return READERS.containsKey(type) || type == HostPort.class || type.isEnum();
    }

    /**
     * The value.
     *
     * @throws IllegalArgumentException if it is none; the text goes well after the key
     */
    static Object read(Class<?> type, String text) {
        if (type == HostPort.class) {
            return HostPort.parse(text);
        }
        return type.isEnum() ? constant(type, text) : reader(type).apply(text);
    }

    /**
     * Holds a value against its bounds.
     *
     * @throws IllegalArgumentException if it is beyond one
     */
    static void check(Class<?> type, Object value, Key key) {
        if (!key.min().isEmpty() && compare(value, read(type, key.min())) < 0) {
            throw new IllegalArgumentException("is less than " + key.min() + ", the least there can be");
        }
        if (!key.max().isEmpty() && compare(value, read(type, key.max())) > 0) {
            throw new IllegalArgumentException("is more than " + key.max() + ", the most there can be");
        }
    }

    /** What values of that type are, for the manual. */
    static String described(Class<?> type) {
        return type.isEnum()
                ? words(type).stream().map(w -> "`" + w + "`").collect(Collectors.joining(", "))
                : NAMES.getOrDefault(type, type.getSimpleName());
    }

    private static Object constant(Class<?> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> ((Word) constant).word().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("is none of " + String.join(", ", words(type))));
    }

    private static List<String> words(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(c -> ((Word) c).word())
                .toList();
    }

    private static Function<String, ? extends Comparable<?>> reader(Class<?> type) {
        Function<String, ? extends Comparable<?>> reader = READERS.get(type);
        if (reader == null) {
            throw new IllegalStateException("no reader for " + type);
        }
        return reader;
    }

    @SuppressWarnings("unchecked") // both come from the same reader, so they are of one type
    private static int compare(Object a, Object b) {
        return ((Comparable<Object>) a).compareTo(b);
    }

    private static String text(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("is empty");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("holds a control character");
        }
        return text;
    }

    private static Path path(String text) {
        try {
            return Path.of(text(text));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("is not a path", e);
        }
    }

    private static Integer integer(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("is not a whole number", e);
        }
    }

    private static Boolean truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("is neither true nor false");
        }
        return text.equals("true");
    }
}
