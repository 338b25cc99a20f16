package io.daypass.engine.ssh.role;

import io.daypass.plugin.Invalid;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces {@code {{name}}} in one pass: what is put in is never looked at again. */
public final class Template {
    private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*([^{}]*?)\\s*}}");

    private Template() {}

    /**
     * @param field where the template stands, named in the error
     * @param values by name
     * @throws Invalid if it names another value
     */
    public static String render(String field, String template, Map<String, String> values) {
        String rest = PLACE.matcher(template).replaceAll("");
        if (rest.contains("{{") || rest.contains("}}")) {
            throw new Invalid(field, "has braces that don't match");
        }
        Matcher places = PLACE.matcher(template);
        StringBuilder out = new StringBuilder();
        while (places.find()) {
            String value = values.get(places.group(1));
            if (value == null) {
                throw new Invalid(
                        field,
                        places.group(1).startsWith("identity.")
                                ? "there are no identities yet to take {{identity...}} from"
                                : "may hold {{" + String.join("}}, {{", values.keySet()) + "}} alone");
            }
            places.appendReplacement(out, Matcher.quoteReplacement(value));
        }
        places.appendTail(out);
        return out.toString();
    }
}
