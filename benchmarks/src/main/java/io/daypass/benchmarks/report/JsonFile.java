package io.daypass.benchmarks.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.benchmarks.measure.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The lines and the conditions as JSON, every sample included. */
public final class JsonFile {
    private JsonFile() {}

    /** Writes the file, over an older one of the same name. */
    public static void write(Path file, Map<String, String> conditions, List<Line> lines) throws IOException {
        ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        ObjectNode root = json.createObjectNode();
        ObjectNode where = root.putObject("conditions");
        conditions.forEach(where::put);
        ArrayNode array = root.putArray("lines");
        lines.forEach(line -> add(array.addObject(), line));
        Files.writeString(file, json.writeValueAsString(root) + "\n");
    }

    private static void add(ObjectNode node, Line line) {
        node.put("scenario", line.scenario());
        node.put("what", line.what());
        node.put("value", line.value());
        node.put("unit", line.unit().name().toLowerCase(Locale.ROOT));
        if (line.hasGoal()) {
            node.put("goal", line.goal().text());
            node.put("met", line.isMet());
        }
        ArrayNode samples = node.putArray("samples");
        line.samples().forEach(samples::add);
        if (!line.note().isEmpty()) {
            node.put("note", line.note());
        }
    }
}
