package io.daypass.cli.output;

import io.daypass.cli.shell.Display;
import io.daypass.cli.shell.Failure;

/**
 * How a reply is shown.
 *
 * @param kind which way
 * @param field the field that is shown alone, for {@link Kind#FIELD}; else empty
 */
public record Format(Kind kind, String field) {
    /** For people. */
    public static final Format TABLE = new Format(Kind.TABLE, "");

    /**
     * Reads {@code table}, {@code json}, {@code env} or {@code field=NAME}.
     *
     * @param text what was given
     * @param origin who gave it, for the error
     */
    public static Format parse(String text, String origin) {
        return switch (text) {
            case "table" -> TABLE;
            case "json" -> new Format(Kind.JSON, "");
            case "env" -> new Format(Kind.ENV, "");
            default -> field(text, origin);
        };
    }

    private static Format field(String text, String origin) {
        String lead = "field=";
        if (text.startsWith(lead) && text.length() > lead.length()) {
            return new Format(Kind.FIELD, text.substring(lead.length()));
        }
        throw Failure.usage(
                origin + ": \"" + Display.line(text) + "\" is no format",
                "use table, json, env or field=NAME, such as -o field=password");
    }

    @Override
    public String toString() {
        return kind == Kind.FIELD ? "field=" + field : kind.word;
    }

    /** The ways. */
    public enum Kind {
        /** Columns, for people. */
        TABLE("table"),
        /** The API's own envelope. */
        JSON("json"),
        /** Lines that a POSIX shell can evaluate. */
        ENV("env"),
        /** One value, as it is. */
        FIELD("field");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }
}
