package io.daypass.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one YAML document into nodes with lines. A repeated key, an alias and a second document are refused. */
final class YamlTree {
    private static final YAMLFactory YAML = YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(20).build())
            .build();

    private YamlTree() {}

    /** Why a text is no document that we take. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        private final int line;

        Unreadable(int line, String text) {
            super(text);
            this.line = line;
        }

        int line() {
            return line;
        }
    }

    /** The document's root; without any keys if the text is empty. */
    static Node.Mapping read(String text) throws Unreadable {
        try (YAMLParser yaml = YAML.createParser(text)) {
            if (yaml.nextToken() == null) {
                return new Node.Mapping(Map.of(), 1);
            }
            Node root = node(yaml);
            if (yaml.nextToken() != null) {
                throw new Unreadable(line(yaml), "a second document; there can be but one");
            }
            if (root instanceof Node.Mapping mapping) {
                return mapping;
            }
            throw new Unreadable(root.line(), "the file must hold keys and values, not " + root.described());
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
            throw new Unreadable(line, reason(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory", e);
        }
    }

    private static Node node(YAMLParser yaml) throws IOException, Unreadable {
        int line = line(yaml);
        if (yaml.isCurrentAlias()) {
            throw new Unreadable(line, "an alias (*name), which is not read here; write the value again");
        }
        JsonToken token = yaml.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return new Node.Mapping(members(yaml), line);
        }
        if (token == JsonToken.START_ARRAY) {
            List<Node> elements = new ArrayList<>();
            while (yaml.nextToken() != JsonToken.END_ARRAY) {
                elements.add(node(yaml));
            }
            return new Node.Sequence(elements, line);
        }
        // A key with nothing behind it comes as an empty text, like '' does.
        boolean nothing = token == JsonToken.VALUE_NULL || yaml.getText().isEmpty();
        return nothing ? new Node.Nothing(line) : new Node.Scalar(yaml.getText(), line);
    }

    private static Map<String, Node.Member> members(YAMLParser yaml) throws IOException, Unreadable {
        Map<String, Node.Member> members = new LinkedHashMap<>();
        while (yaml.nextToken() != JsonToken.END_OBJECT) {
            String key = yaml.currentName();
            int line = line(yaml);
            yaml.nextToken();
            members.put(key, new Node.Member(node(yaml), line));
        }
        return members;
    }

    private static int line(JsonParser yaml) {
        return Math.max(1, yaml.currentTokenLocation().getLineNr());
    }

    /** The parser's own words are many lines, and quote the file, where a secret may stand: the first is enough. */
    private static String reason(@Nullable String words) {
        String first = words == null ? "" : words.lines().findFirst().orElse("");
        return first.startsWith("Duplicate field")
                ? "the key " + first.substring("Duplicate field ".length()) + " is there twice"
                : "not YAML: " + first;
    }
}
