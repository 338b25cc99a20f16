package io.daypass.engine.mysql;

import io.daypass.engine.sql.UrlText;
import io.daypass.plugin.Invalid;
import java.util.Objects;
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
    private static final int DEFAULT_PORT = 3306;
    private static final Pattern SHAPE = Pattern.compile(
            "(?:jdbc:)?(?:mysql|mariadb)://(?:(?<user>[^@/?#]*)@)?(?<host>[^@/?#]*)(?:/(?<database>[^?#/]*))?(?:\\?(?<query>[^#]*))?");
    /** As the MySQL driver of Go writes it. */
    private static final Pattern GO_SHAPE = Pattern.compile(
            "(?:(?<user>[^@/?#]*)@)?tcp\\((?<host>[^@/?#()]*)\\)/(?<database>[^?#/]*)(?:\\?(?<query>[^#]*))?");

    private static final Pattern HOST = Pattern.compile(
            "(?<host>[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_.])?|\\[[0-9A-Fa-f:.]+])(?::(?<port>[0-9]{1,5}))?");

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
        UrlText.checkLength(url);
        Matcher shape = shape(url);
        UrlText.checkUser(orEmpty(shape.group("user")));
        Matcher host = HOST.matcher(shape.group("host"));
        if (!host.matches()) {
            throw UrlText.invalid(
                    "has a host that is no name or address with an optional :port; there can be only one");
        }
        String port = host.group("port");
        return new ConnectionUrl(
                host.group("host").replace("[", "").replace("]", ""),
                port == null ? DEFAULT_PORT : UrlText.port(port),
                UrlText.database(orEmpty(shape.group("database"))),
                UrlOptions.parse(orEmpty(shape.group("query"))));
    }

    private static Matcher shape(String url) {
        Matcher go = GO_SHAPE.matcher(url);
        if (go.matches()) {
            return go;
        }
        Matcher shape = SHAPE.matcher(url);
        if (!shape.matches()) {
            throw UrlText.invalid("must look like {{username}}:{{password}}@tcp(host:3306)/database?tls=... or"
                    + " mysql://{{username}}:{{password}}@host:3306/database?sslMode=...");
        }
        return shape;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
