package io.daypass.engine.mysql;

import io.daypass.plugin.Invalid;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A connection's URL, read into its parts. Everything that isn't expected is refused: a driver that reads the text by
 * itself loads classes, and hands files to the server, on its word.
 *
 * @param host name or address, without brackets
 * @param port from 1 to 65535
 * @param database its name; may be empty
 * @param options those that were given
 */
record ConnectionUrl(String host, int port, String database, UrlOptions options) {
    static final String FIELD = "connection_url";

    private static final int DEFAULT_PORT = 3306;
    private static final int LONGEST = 2048;
    private static final Pattern SHAPE = Pattern.compile(
            "(?:jdbc:)?(?:mysql|mariadb)://(?:(?<user>[^@/?#]*)@)?(?<host>[^@/?#]*)(?:/(?<database>[^?#/]*))?(?:\\?(?<query>[^#]*))?");
    /** As the MySQL driver of Go writes it. */
    private static final Pattern GO_SHAPE = Pattern.compile(
            "(?:(?<user>[^@/?#]*)@)?tcp\\((?<host>[^@/?#()]*)\\)/(?<database>[^?#/]*)(?:\\?(?<query>[^#]*))?");

    private static final Pattern HOST = Pattern.compile(
            "(?<host>[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_.])?|\\[[0-9A-Fa-f:.]+])(?::(?<port>[0-9]{1,5}))?");
    private static final Set<String> USER_PARTS = Set.of("", "{{username}}", "{{username}}:{{password}}");

    ConnectionUrl {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(options, "options");
    }

    /**
     * Reads a URL.
     *
     * @throws Invalid naming the part that can't be; never with a value that may be a password
     */
    static ConnectionUrl parse(String url) {
        if (url.length() > LONGEST) {
            throw invalid("is longer than " + LONGEST + " characters");
        }
        Matcher shape = shape(url);
        if (!USER_PARTS.contains(orEmpty(shape.group("user")))) {
            throw invalid("must have {{username}}:{{password}} where they go, and nothing else:"
                    + " whoever may read the connection would read it");
        }
        Matcher host = HOST.matcher(shape.group("host"));
        if (!host.matches()) {
            throw invalid("has a host that is no name or address with an optional :port; there can be only one");
        }
        String port = host.group("port");
        return new ConnectionUrl(
                host.group("host").replace("[", "").replace("]", ""),
                port == null ? DEFAULT_PORT : port(port),
                database(orEmpty(shape.group("database"))),
                UrlOptions.parse(orEmpty(shape.group("query"))));
    }

    private static Matcher shape(String url) {
        Matcher go = GO_SHAPE.matcher(url);
        if (go.matches()) {
            return go;
        }
        Matcher shape = SHAPE.matcher(url);
        if (!shape.matches()) {
            throw invalid("must look like {{username}}:{{password}}@tcp(host:3306)/database?tls=... or"
                    + " mysql://{{username}}:{{password}}@host:3306/database?sslMode=...");
        }
        return shape;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static int port(String digits) {
        int port = Integer.parseInt(digits);
        if (port < 1 || port > 65_535) {
            throw invalid("has a port that is not between 1 and 65535");
        }
        return port;
    }

    private static String database(String encoded) {
        String name = decoded(encoded);
        if (name.chars().anyMatch(c -> c < 0x20 || c == 0x7f) || name.contains("{{")) {
            throw invalid("has a database name with control characters or {{ in it");
        }
        return name;
    }

    /** Percent-decoded; a plus sign stays one. */
    static String decoded(String encoded) {
        try {
            return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid("has a % that is not followed by two hexadecimal digits");
        }
    }

    static Invalid invalid(String problem) {
        return new Invalid(FIELD, problem);
    }
}
