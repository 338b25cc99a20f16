package io.daypass.engine.sql;

import io.daypass.plugin.Invalid;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** The parts of a connection's URL that are the same for every kind of database. */
public final class UrlText {
    /** Where it stands in the connection's entry. */
    public static final String FIELD = "connection_url";

    private static final int LONGEST = 2048;
    private static final int LAST_PORT = 65_535;
    private static final Set<String> USER_PARTS = Set.of("", "{{username}}", "{{username}}:{{password}}");

    private UrlText() {}

    /** @throws Invalid if it is longer than any that is meant well */
    public static void checkLength(String url) {
        if (url.length() > LONGEST) {
            throw invalid("is longer than " + LONGEST + " characters");
        }
    }

    /**
     * @param user what stands before the at sign; empty: nothing
     * @throws Invalid if it is anything but placeholders, without saying what
     */
    public static void checkUser(String user) {
        if (!USER_PARTS.contains(user)) {
            throw invalid("must have {{username}}:{{password}} where they go, and nothing else:"
                    + " whoever may read the connection would read it");
        }
    }

    /** @param digits of at most five */
    public static int port(String digits) {
        int port = Integer.parseInt(digits);
        if (port < 1 || port > LAST_PORT) {
            throw invalid("has a port that is not between 1 and " + LAST_PORT);
        }
        return port;
    }

    /** A database's name, decoded; it may be empty. */
    public static String database(String encoded) {
        String name = decoded(encoded);
        if (name.chars().anyMatch(c -> c < 0x20 || c == 0x7f) || name.contains("{{")) {
            throw invalid("has a database name with control characters or {{ in it");
        }
        return name;
    }

    /** Percent-decoded; a plus sign stays one. */
    public static String decoded(String encoded) {
        try {
            return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid("has a % that is not followed by two hexadecimal digits");
        }
    }

    /** What is wrong with the URL. */
    public static Invalid invalid(String problem) {
        return new Invalid(FIELD, problem);
    }
}
