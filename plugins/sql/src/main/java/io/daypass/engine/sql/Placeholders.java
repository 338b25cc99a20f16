package io.daypass.engine.sql;

import io.daypass.plugin.Invalid;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands in a role's SQL for what each user has of its own. */
public final class Placeholders {
    /** The user's name. */
    public static final String NAME = "name";
    /** Its name too. */
    public static final String USERNAME = "username";
    /** Its password, or what is sent in its place. */
    public static final String PASSWORD = "password";
    /** When it ends. */
    public static final String EXPIRATION = "expiration";

    private static final Set<String> ALLOWED = Set.of(NAME, USERNAME, PASSWORD, EXPIRATION);
    private static final Pattern PATTERN = Pattern.compile("\\{\\{([A-Za-z_][A-Za-z0-9_.]*)}}");

    private Placeholders() {}

    /** Whether one is in there. */
    public static boolean uses(List<String> statements, String placeholder) {
        return statements.stream().anyMatch(each -> each.contains("{{" + placeholder + "}}"));
    }

    /** Whether any is in there, known or not. */
    public static boolean isIn(String text) {
        return PATTERN.matcher(text).find();
    }

    /**
     * Puts values into their places, literally and in one pass: what a value holds is never read again.
     *
     * @param values safe inside quotes of any kind
     */
    public static String filled(String text, Map<String, String> values) {
        return PATTERN.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
    }

    /**
     * @param field where the text stands, for the error
     * @param unquoted what of it stands outside of strings, quoted names and comments
     * @throws Invalid naming the field, if one is unknown, or not inside quotes
     */
    public static void check(String field, String text, String unquoted) {
        Matcher unknown = PATTERN.matcher(text);
        while (unknown.find()) {
            if (!ALLOWED.contains(unknown.group(1))) {
                throw new Invalid(
                        field,
                        unknown.group()
                                + " is unknown: there are {{name}}, {{username}}, {{password}}, {{expiration}}");
            }
        }
        Matcher bare = PATTERN.matcher(unquoted);
        if (bare.find()) {
            throw new Invalid(field, bare.group() + " must stand inside quotes: \"{{name}}\", '{{password}}'");
        }
    }
}
