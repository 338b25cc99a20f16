package io.daypass.broker.mount.bind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The types that hold other values, and enums. */
final class Containers {
    private Containers() {}

    /** {@code Optional<T>}. */
    record Maybe(Codec inner) implements Codec {
        @Override
        public @Nullable Object read(JsonNode node, String field, Reading reading) {
            Object value = inner.read(node, field, reading);
            return value == null ? null : Optional.of(value);
        }

        @Override
        public @Nullable JsonNode write(Object value, View view) {
            Optional<?> optional = (Optional<?>) value;
            return optional.isEmpty() ? null : inner.write(optional.get(), view);
        }

        @Override
        public Object absent() {
            return Optional.empty();
        }

        @Override
        public boolean secret() {
            return inner.secret();
        }

        @Override
        public void secrets(Object value, Consumer<String> each) {
            ((Optional<?>) value).ifPresent(held -> inner.secrets(held, each));
        }
    }

    /** {@code List<T>}; a single value counts as a list of one. */
    record Many(Codec inner) implements Codec {
        @Override
        public @Nullable Object read(JsonNode node, String field, Reading reading) {
            if (!node.isArray()) {
                Object only = inner.read(node, field, reading);
                return only == null ? null : List.of(only);
            }
            List<Object> values = new ArrayList<>(node.size());
            for (int i = 0; i < node.size(); i++) {
                Object value = inner.read(node.get(i), field + "[" + i + "]", reading);
                if (value != null) {
                    values.add(value);
                }
            }
            return values.size() == node.size() ? List.copyOf(values) : null;
        }

        @Override
        public @Nullable JsonNode write(Object value, View view) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            for (Object each : (List<?>) value) {
                JsonNode written = inner.write(each, view);
                if (written == null) {
                    return null;
                }
                array.add(written);
            }
            return array;
        }

        @Override
        public Object absent() {
            return List.of();
        }

        @Override
        public boolean secret() {
            return inner.secret();
        }

        @Override
        public void secrets(Object value, Consumer<String> each) {
            ((List<?>) value).forEach(held -> inner.secrets(held, each));
        }
    }

    /** {@code Map<String, T>}, in the order in which it was written. */
    record Named(Codec inner) implements Codec {
        @Override
        public @Nullable Object read(JsonNode node, String field, Reading reading) {
            if (!node.isObject()) {
                reading.problem(field, "must be an object");
                return null;
            }
            Map<String, Object> values = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                if (member.getKey().chars().anyMatch(Character::isISOControl)) {
                    reading.problem(field, "has a key that holds a control character");
                    return null;
                }
                Object value = inner.read(member.getValue(), field + "." + member.getKey(), reading);
                if (value != null) {
                    values.put(member.getKey(), value);
                }
            }
            return values.size() == node.size() ? Collections.unmodifiableMap(values) : null;
        }

        @Override
        public @Nullable JsonNode write(Object value, View view) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<?, ?> member : ((Map<?, ?>) value).entrySet()) {
                JsonNode written = inner.write(member.getValue(), view);
                if (written != null) {
                    object.set((String) member.getKey(), written);
                }
            }
            return object;
        }

        @Override
        public Object absent() {
            return Map.of();
        }

        @Override
        public boolean secret() {
            return inner.secret();
        }

        @Override
        public void secrets(Object value, Consumer<String> each) {
            ((Map<?, ?>) value).values().forEach(held -> inner.secrets(held, each));
        }
    }

    /** One of a few words, the lower-case names of an enum's constants. */
    record Word(List<? extends Enum<?>> constants) implements Codec {
        @Override
        public @Nullable Object read(JsonNode node, String field, Reading reading) {
            String word = node.isTextual() ? node.textValue().toLowerCase(Locale.ROOT) : "";
            for (Enum<?> constant : constants) {
                if (name(constant).equals(word)) {
                    return constant;
                }
            }
            String words = names().collect(Collectors.joining(", "));
            reading.problem(field, "must be one of " + words);
            return null;
        }

        @Override
        public JsonNode write(Object value, View view) {
            return TextNode.valueOf(name((Enum<?>) value));
        }

        private Stream<String> names() {
            return constants.stream().map(Word::name);
        }

        private static String name(Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }
    }
}
