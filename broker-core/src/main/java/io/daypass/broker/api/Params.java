package io.daypass.broker.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.config.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The members of a request's body, read by name and type. Strings stand for numbers and booleans too, and {@code null}
 * is as good as absent. What has the wrong type is answered 400 naming the member, never its value.
 */
public final class Params {
    private final ObjectNode body;
    private final Set<String> known = new LinkedHashSet<>();

    /** @param body of the request */
    public Params(ObjectNode body) {
        this.body = body;
    }

    /** Whether the member is there, and not {@code null}. */
    public boolean has(String name) {
        known.add(name);
        return body.hasNonNull(name);
    }

    /** A text. */
    public Optional<String> text(String name) {
        if (!has(name)) {
            return Optional.empty();
        }
        JsonNode value = body.get(name);
        if (!value.isValueNode()) {
            throw wrong(name, "a string is expected");
        }
        String text = value.asText();
        if (text.indexOf('\0') >= 0) {
            throw wrong(name, "it holds a NUL character; leave that out");
        }
        return Optional.of(text);
    }

    /** A text without control characters, of at most so many characters. */
    public Optional<String> line(String name, int atMost) {
        Optional<String> text = text(name);
        text.ifPresent(line -> checkLine(name, line, atMost));
        return text;
    }

    /** Holds a text against what names and other short texts may be. */
    public static void checkLine(String name, String line, int atMost) {
        if (line.length() > atMost) {
            throw wrong(name, "it is longer than " + atMost + " characters");
        }
        if (line.chars().anyMatch(Character::isISOControl)) {
            throw wrong(name, "it holds a control character (a newline, for one); leave that out");
        }
        if (line.codePoints().anyMatch(Params::isUnseen)) {
            throw wrong(name, "it holds a character that isn't seen but changes how the rest is; leave that out");
        }
    }

    /** Whether it could make a name look like another, or break a line: direction marks, joiners, half a character. */
    private static boolean isUnseen(int point) {
        return switch (Character.getType(point)) {
            case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> true;
            default -> false;
        };
    }

    /** A text that must be there. */
    public String required(String name) {
        return text(name)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> wrong(name, "it is required; send it in the request's body"));
    }

    /** A whole number from 0 up. */
    public Optional<Integer> count(String name) {
        return text(name).filter(text -> !text.isEmpty()).map(text -> {
            try {
                int number = Integer.parseInt(text);
                if (number < 0) {
                    throw wrong(name, "a number from 0 up is expected, not a negative one");
                }
                return number;
            } catch (NumberFormatException notANumber) {
                throw wrong(name, "a whole number from 0 to 2147483647 is expected");
            }
        });
    }

    /** A duration, such as {@code "1h30m"}, {@code "90s"} or {@code 90}. */
    public Optional<Duration> duration(String name) {
        return text(name).filter(text -> !text.isEmpty()).map(text -> duration(name, text));
    }

    /** Reads a duration that stands in a member or a parameter of that name. */
    public static Duration duration(String name, String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException unreadable) {
            throw wrong(name, String.valueOf(unreadable.getMessage()));
        }
    }

    /** A truth value. */
    public boolean flag(String name, boolean otherwise) {
        return text(name)
                .filter(text -> !text.isEmpty())
                .map(text -> switch (text) {
                    case "true", "1" -> true;
                    case "false", "0" -> false;
                    default -> throw wrong(name, "true or false is expected");
                })
                .orElse(otherwise);
    }

    /** A list of texts; one text stands for itself, split at commas. */
    public List<String> list(String name) {
        if (!has(name)) {
            return List.of();
        }
        JsonNode value = body.get(name);
        if (value.isTextual()) {
            List<String> parts = new ArrayList<>();
            for (String part : value.asText().split(",", -1)) {
                if (!part.isBlank()) {
                    parts.add(part.strip());
                }
            }
            return parts;
        }
        if (!value.isArray()) {
            throw wrong(name, "a list of strings is expected");
        }
        List<String> items = new ArrayList<>();
        for (JsonNode item : value) {
            if (!item.isTextual()) {
                throw wrong(name, "a list of strings is expected; one of its items is something else");
            }
            items.add(item.asText());
        }
        return items;
    }

    /** An object whose members are texts. */
    public Map<String, String> map(String name) {
        if (!has(name)) {
            return Map.of();
        }
        JsonNode value = body.get(name);
        if (!value.isObject()) {
            throw wrong(name, "an object of strings is expected");
        }
        Map<String, String> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            if (!member.getValue().isValueNode()) {
                throw wrong(name, "an object of strings is expected; one of its members is something else");
            }
            map.put(member.getKey(), member.getValue().asText());
        }
        return map;
    }

    /** An object with parameters of its own. */
    public Params within(String name) {
        if (has(name) && body.get(name) instanceof ObjectNode inner) {
            return new Params(inner);
        }
        if (body.hasNonNull(name)) {
            throw wrong(name, "an object is expected");
        }
        return new Params(body.objectNode());
    }

    /** A warning for the members that were sent and asked for by nobody; none if there are none. */
    public List<String> unknown() {
        List<String> names = new ArrayList<>();
        body.properties().stream()
                .filter(member -> !member.getValue().isNull())
                .map(Map.Entry::getKey)
                .forEach(names::add);
        names.removeAll(known);
        return names.isEmpty()
                ? List.of()
                : List.of("ignored, since unknown here: " + String.join(", ", names) + " (known: "
                        + String.join(", ", known) + ")");
    }

    private static ApiException wrong(String name, String problem) {
        return ApiException.badRequest(name + ": " + problem);
    }
}
