package io.daypass.cli.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.daypass.cli.shell.Failure;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the broker.
 *
 * @param verb what is to be done
 * @param path below {@code /v1/}, as people write it
 * @param query parameters beside those that the verb brings
 * @param body what is sent; null for nothing
 */
public record Call(
        Verb verb,
        String path,
        Map<String, String> query,
        @Nullable JsonNode body) {
    public Call {
        query = Map.copyOf(query);
        path = trim(path);
        if (path.isEmpty()) {
            throw Failure.usage("the path is empty", "daypass secrets list   # shows where engines are mounted");
        }
    }

    /** Reads a path. */
    public static Call read(String path) {
        return new Call(Verb.READ, path, Map.of(), null);
    }

    /** Lists what is below a path. */
    public static Call list(String path) {
        return new Call(Verb.LIST, path, Map.of(), null);
    }

    /** Writes to a path. */
    public static Call write(String path, JsonNode body) {
        return new Call(Verb.WRITE, path, Map.of(), body);
    }

    /** Deletes a path. */
    public static Call delete(String path) {
        return new Call(Verb.DELETE, path, Map.of(), null);
    }

    /** The same, with one more parameter. */
    public Call with(String name, String value) {
        Map<String, String> more = new TreeMap<>(query);
        more.put(name, value);
        return new Call(verb, path, more, body);
    }

    /** Path and query as they stand in a request. */
    String target() {
        StringBuilder target = new StringBuilder("/v1/");
        String[] segments = path.split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            target.append(i == 0 ? "" : "/");
            encode(target, segments[i]);
        }
        char mark = '?';
        Map<String, String> all = new TreeMap<>(query);
        if (verb == Verb.LIST) {
            all.put("list", "true");
        }
        for (Map.Entry<String, String> parameter : all.entrySet()) {
            target.append(mark);
            encode(target, parameter.getKey());
            target.append('=');
            encode(target, parameter.getValue());
            mark = '&';
        }
        return target.toString();
    }

    private static void encode(StringBuilder into, String text) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
            if (plain || "-._~:@".indexOf(b) >= 0) {
                into.append((char) b);
            } else {
                into.append('%').append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
            }
        }
    }

    private static String trim(String path) {
        int from = 0;
        while (from < path.length() && path.charAt(from) == '/') {
            from++;
        }
        String bare = path.substring(from);
        return bare.startsWith("v1/") ? bare.substring("v1/".length()) : bare;
    }
}
