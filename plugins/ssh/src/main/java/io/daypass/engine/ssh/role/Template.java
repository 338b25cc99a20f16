package io.daypass.engine.ssh.role;

import io.daypass.plugin.Invalid;
import java.util.Map;

/** Replaces {@code {{name}}} in one pass: what is put in is never looked at again. */
public final class Template {
    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";

    private Template() {}

    /**
     * @param field where the template stands, named in the error
     * @param values by name
     * @throws Invalid if it names another value
     */
    public static String render(String field, String template, Map<String, String> values) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (int close = template.indexOf(CLOSE); close >= 0; close = template.indexOf(CLOSE, at)) {
            int open = template.lastIndexOf(OPEN, close - OPEN.length());
            if (open < at) {
                throw unmatched(field);
            }
            out.append(literal(field, template.substring(at, open)))
                    .append(value(field, template.substring(open + OPEN.length(), close), values));
            at = close + CLOSE.length();
        }
        return out.append(literal(field, template.substring(at))).toString();
    }

    private static String literal(String field, String text) {
        if (text.contains(OPEN)) {
            throw unmatched(field);
        }
        return text;
    }

    private static String value(String field, String place, Map<String, String> values) {
        if (place.indexOf('{') >= 0 || place.indexOf('}') >= 0) {
            throw unmatched(field);
        }
        String name = place.strip();
        String value = values.get(name);
        if (value == null) {
            throw new Invalid(
                    field,
                    name.startsWith("identity.")
                            ? "there are no identities yet to take {{identity...}} from"
                            : "may hold {{" + String.join("}}, {{", values.keySet()) + "}} alone");
        }
        return value;
    }

    private static Invalid unmatched(String field) {
        return new Invalid(field, "has braces that don't match");
    }
}
