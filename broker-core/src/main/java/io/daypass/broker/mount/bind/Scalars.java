package io.daypass.broker.mount.bind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.daypass.broker.api.Times;
import io.daypass.config.Durations;
import io.daypass.plugin.Secret;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The types that hold one value. */
final class Scalars {
    static final Codec TEXT = new Text();
    static final Codec SECRET = new SecretText();
    static final Codec BOOLEAN = new Bool();
    static final Codec INT = new Whole(Integer.MAX_VALUE);
    static final Codec LONG = new Whole(Long.MAX_VALUE);
    static final Codec DURATION = new Time();
    static final Codec INSTANT = new PointInTime();

    private Scalars() {}

    /** Text as JSON holds it, without NUL, which no target can take, and of whole characters. Null if it is none. */
    static @Nullable String text(JsonNode node, String field, Reading reading) {
        if (!node.isTextual()) {
            reading.problem(field, "must be a string");
            return null;
        }
        String text = node.textValue();
        if (text.indexOf('\0') >= 0) {
            reading.problem(field, "must not hold a NUL character");
            return null;
        }
        if (hasHalf(text)) {
            reading.problem(field, "must not hold half a character: a surrogate without its other one");
            return null;
        }
        return text;
    }

    /** Whether UTF-8 can't write it: somebody would read another text than was sent. */
    private static boolean hasHalf(String text) {
        return text.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE);
    }

    private static final class Text implements Codec {
        @Override
        public @Nullable Object read(JsonNode node, String field, Reading reading) {
            return text(node, field, reading);
        }

        @Override
        public JsonNode write(Object value, View view) {
            return TextNode.valueOf((String) value);
        }
    }

    private static final class SecretText implements Codec {
        @Override
        public @Nullable Object read(JsonNode node, String field, Reading reading) {
            String text = text(node, field, reading);
            return text == null ? null : Secret.of(text);
        }

        @Override
        public @Nullable JsonNode write(Object value, View view) {
            Secret secret = (Secret) value;
            return switch (view) {
                case SHOWN -> null;
                case ANSWERED -> {
                    if (secret.isEmpty()) {
                        throw new EmptySecretException();
                    }
                    yield TextNode.valueOf(secret.reveal());
                }
                case STORED -> TextNode.valueOf(secret.reveal());
            };
        }

        @Override
        public boolean secret() {
            return true;
        }

        @Override
        public void secrets(Object value, Consumer<String> each) {
            each.accept(((Secret) value).reveal());
        }
    }

    private static final class Bool implements Codec {
        @Override
        public @Nullable Object read(JsonNode node, String field, Reading reading) {
            if (node.isBoolean()) {
                return node.booleanValue();
            }
            String text = node.isTextual() ? node.textValue().toLowerCase(Locale.ROOT) : "";
            if (text.equals("true") || text.equals("false")) {
                return text.equals("true");
            }
            reading.problem(field, "must be true or false");
            return null;
        }

        @Override
        public JsonNode write(Object value, View view) {
            return BooleanNode.valueOf((Boolean) value);
        }
    }

    /** Whole numbers from zero on; stored ones may be anything. */
    private record Whole(long most) implements Codec {
        @Override
        public @Nullable Object read(JsonNode node, String field, Reading reading) {
            BigInteger number = number(node);
            if (number == null) {
                reading.problem(field, "must be a whole number");
                return null;
            }
            if (number.signum() < 0 && !reading.isLenient()) {
                reading.problem(field, "must be zero or more");
                return null;
            }
            if (number.compareTo(BigInteger.valueOf(most)) > 0) {
                reading.problem(field, "must be at most " + most);
                return null;
            }
            return most == Integer.MAX_VALUE ? (Object) number.intValue() : (Object) number.longValue();
        }

        private static @Nullable BigInteger number(JsonNode node) {
            if (node.isIntegralNumber()) {
                return node.bigIntegerValue();
            }
            boolean digits = node.isTextual() && node.textValue().matches("-?[0-9]{1,40}");
            return digits ? new BigInteger(node.textValue()) : null;
        }

        @Override
        public JsonNode write(Object value, View view) {
            return value instanceof Integer small ? IntNode.valueOf(small) : LongNode.valueOf((Long) value);
        }
    }

    /** RFC 3339, in UTC. */
    private static final class PointInTime implements Codec {
        @Override
        public @Nullable Object read(JsonNode node, String field, Reading reading) {
            String text = text(node, field, reading);
            try {
                return text == null ? null : OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                reading.problem(field, "must be a time such as 2026-11-24T09:00:00Z");
                return null;
            }
        }

        @Override
        public JsonNode write(Object value, View view) {
            return TextNode.valueOf(Times.text((Instant) value));
        }
    }

    private static final class Time implements Codec {
        @Override
        public @Nullable Object read(JsonNode node, String field, Reading reading) {
            try {
                return DurationText.read(node);
            } catch (IllegalArgumentException e) {
                reading.problem(field, String.valueOf(e.getMessage()));
                return null;
            }
        }

        @Override
        public JsonNode write(Object value, View view) {
            Duration duration = (Duration) value;
            return view == View.STORED
                    ? TextNode.valueOf(Durations.format(duration))
                    : LongNode.valueOf(duration.toSeconds());
        }
    }
}
