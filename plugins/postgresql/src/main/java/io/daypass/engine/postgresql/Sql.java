package io.daypass.engine.postgresql;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Values as PostgreSQL writes them in a statement. All of this needs {@code standard_conforming_strings}, which every
 * {@link Session} starts with.
 *
 * <p>Statements are put together as text since neither {@code DO} nor the statements about roles take parameters.
 */
final class Sql {
    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS'+00'").withZone(ZoneOffset.UTC);

    private Sql() {}

    /** A string. */
    static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    /** A name, of a role for instance. */
    static String name(String value) {
        return "\"" + value.replace("\"", "\"\"") + "\"";
    }

    /** Names with commas between them. */
    static String names(Collection<String> values) {
        return values.stream().map(Sql::name).collect(Collectors.joining(","));
    }

    /** A {@code name[]}. */
    static String nameArray(Collection<String> values) {
        return array(values, "name");
    }

    /** A {@code timestamptz[]}. */
    static String instantArray(Collection<Instant> values) {
        return array(values.stream().map(Sql::bare).toList(), "timestamptz");
    }

    /** A {@code int8[]}, sorted: whoever takes several locks takes them in one order. */
    static String keyArray(Collection<Long> values) {
        return array(values.stream().sorted().map(String::valueOf).toList(), "int8");
    }

    /** A {@code timestamptz}. */
    static String instant(Instant value) {
        return text(bare(value)) + "::pg_catalog.timestamptz";
    }

    /** An instant without quotes, in microseconds, which is all that PostgreSQL keeps. */
    static String bare(Instant value) {
        return MICROSECONDS.format(value);
    }

    /**
     * A block of PL/pgSQL that runs by itself.
     *
     * @param body may hold anything: the quotes around it are chosen so that it can't end them
     */
    static String block(String body) {
        int i = 0;
        while (body.contains("$d" + i + "$")) {
            i++;
        }
        String quote = "$d" + i + "$";
        return "DO " + quote + body + quote;
    }

    private static String array(Collection<String> values, String type) {
        String elements = values.stream()
                .map(value -> "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                .collect(Collectors.joining(","));
        return text("{" + elements + "}") + "::pg_catalog." + type + "[]";
    }

    /** Statements of a role, as one text for {@code EXECUTE}. */
    static String joined(List<String> statements) {
        return String.join("\n;\n", statements);
    }
}
