package io.daypass.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import io.daypass.cli.shell.Display;

/** Values of JSON as cells of a table. */
public final class Cells {
    private Cells() {}

    /** Texts without quotes, lists with commas, nothing for null or what isn't there. */
    public static String of(JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return "";
        }
        if (value.isArray()) {
            StringBuilder joined = new StringBuilder();
            for (JsonNode item : value) {
                joined.append(joined.length() == 0 ? "" : ", ").append(of(item));
            }
            return joined.toString();
        }
        return Display.line(value.isValueNode() ? value.asText() : value.toString());
    }
}
