package io.daypass.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Fields as lines that a POSIX shell can evaluate. Whoever may write the fields must not be able to take over the shell
 * that evaluates them: so values are quoted whole, and names that shells, loaders or this command itself act on are left
 * out.
 */
final class EnvLines {
    private static final Set<String> ACTED_ON = Set.of(
            "PATH",
            "IFS",
            "ENV",
            "HOME",
            "SHELL",
            "SHELLOPTS",
            "CDPATH",
            "PWD",
            "OLDPWD",
            "TERM",
            "EDITOR",
            "VISUAL",
            "PAGER",
            "PROMPT_COMMAND",
            "PS1",
            "PS2",
            "PS4",
            "TMPDIR",
            "NODE_OPTIONS",
            "JAVA_TOOL_OPTIONS",
            "JDK_JAVA_OPTIONS",
            "PERL5OPT",
            "PERL5LIB",
            "RUBYOPT");
    private static final Set<String> FAMILIES =
            Set.of("LD_", "DYLD_", "BASH", "GIT_", "PYTHON", "DAYPASS_", "BAO_", "VAULT_");

    private EnvLines() {}

    /**
     * Names and values of all that {@code data} holds, nested names joined by {@code _}.
     *
     * @param data an object
     */
    static Map<String, String> of(JsonNode data) {
        Map<String, String> variables = new LinkedHashMap<>();
        flatten("", data, variables);
        return variables;
    }

    private static void flatten(String prefix, JsonNode node, Map<String, String> into) {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            String name = prefix + name(member.getKey());
            if (member.getValue().isObject()) {
                flatten(name + "_", member.getValue(), into);
            } else if (member.getValue().isArray()) {
                into.put(name, member.getValue().toString());
            } else if (!member.getValue().isNull()) {
                into.put(name, member.getValue().asText());
            }
        }
    }

    private static String name(String key) {
        StringBuilder name = new StringBuilder();
        for (char c : key.toUpperCase(Locale.ROOT).toCharArray()) {
            boolean usable = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            name.append(usable ? c : '_');
        }
        boolean digitFirst = name.length() > 0 && Character.isDigit(name.charAt(0));
        return digitFirst ? "_" + name : name.toString();
    }

    /** Whether evaluating a line with this name could do more than set a variable. */
    static boolean isActedOn(String name) {
        return ACTED_ON.contains(name) || FAMILIES.stream().anyMatch(name::startsWith);
    }

    /** A line that sets {@code name} to exactly {@code value}, for the programs that are started from there, too. */
    static String line(String name, String value) {
        return "export " + name + "='" + value.replace("'", "'\\''") + "'";
    }
}
