package io.daypass.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import io.daypass.cli.http.Reply;
import io.daypass.cli.shell.Display;
import java.util.List;

/** Fields of a reply by their names; {@code connection.host} is one within another. */
final class Fields {
    private Fields() {}

    /** A field of what was said, or else of the envelope; a missing node if there is none. */
    static JsonNode find(Reply reply, String path) {
        JsonNode found = walk(reply.said(), path);
        if (found.isMissingNode() && path.equals("token")) {
            found = walk(reply.said(), "client_token");
        }
        return found.isMissingNode() ? walk(reply.body(), path) : found;
    }

    /** The names of what was said, for an error. */
    static String names(Reply reply) {
        List<String> names = reply.said().properties().stream()
                .map(member -> Display.line(member.getKey()))
                .toList();
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    private static JsonNode walk(JsonNode from, String path) {
        if (from.has(path)) {
            return from.get(path);
        }
        JsonNode at = from;
        for (String name : path.split("\\.", -1)) {
            at = at.isArray() && isNumber(name) ? at.path(Integer.parseInt(name)) : at.path(name);
        }
        return at;
    }

    private static boolean isNumber(String name) {
        return !name.isEmpty() && name.length() < 9 && name.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
