package io.daypass.engine.postgresql;

import io.daypass.engine.sql.UrlText;
import io.daypass.plugin.Invalid;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A connection's URL, read into its parts. Everything that isn't expected is refused: a driver that reads the text by
 * itself loads classes and writes files on its word.
 *
 * @param hosts at least one
 * @param database its name
 * @param options those that were given
 */
record ConnectionUrl(List<Host> hosts, String database, UrlOptions options) {
    private static final int DEFAULT_PORT = 5432;
    private static final int MOST_HOSTS = 8;
    private static final Pattern SHAPE = Pattern.compile(
            "(?:jdbc:)?(?:postgresql|postgres)://(?:(?<user>[^@/?#]*)@)?(?<hosts>[^@/?#]*)/(?<database>[^?#/]*)(?:\\?(?<query>[^#]*))?");
    private static final Pattern HOST = Pattern.compile(
            "(?<host>[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_.])?|\\[[0-9A-Fa-f:.]+])(?::(?<port>[0-9]{1,5}))?");

    /**
     * @param name or address, without brackets
     * @param port from 1 to 65535
     */
    record Host(String name, int port) {}

    ConnectionUrl {
        hosts = List.copyOf(hosts);
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
        Matcher shape = SHAPE.matcher(url);
        if (!shape.matches()) {
            throw UrlText.invalid(
                    "must look like postgresql://{{username}}:{{password}}@host:5432/database?sslmode=...");
        }
        String user = shape.group("user");
        UrlText.checkUser(user == null ? "" : user);
        String query = shape.group("query");
        UrlOptions options = UrlOptions.parse(query == null ? "" : query);
        List<Host> hosts = hosts(shape.group("hosts"));
        return new ConnectionUrl(hosts, database(shape.group("database")), options);
    }

    /** The hosts' names with commas between them. */
    String hostNames() {
        return String.join(",", hosts.stream().map(Host::name).toList());
    }

    /** The hosts' ports with commas between them. */
    String ports() {
        return String.join(
                ",", hosts.stream().map(host -> String.valueOf(host.port())).toList());
    }

    /** Whether one port serves for all of the hosts. */
    boolean hasOnePort() {
        return hosts.stream().allMatch(host -> host.port() == hosts.get(0).port());
    }

    private static List<Host> hosts(String text) {
        List<Host> hosts = new ArrayList<>();
        for (String each : text.split(",", -1)) {
            Matcher matcher = HOST.matcher(each);
            if (!matcher.matches()) {
                throw UrlText.invalid("has a host that is no name or address with an optional :port");
            }
            String port = matcher.group("port");
            String name = matcher.group("host").replace("[", "").replace("]", "");
            hosts.add(new Host(name, port == null ? DEFAULT_PORT : UrlText.port(port)));
        }
        if (hosts.size() > MOST_HOSTS) {
            throw UrlText.invalid("has more than " + MOST_HOSTS + " hosts");
        }
        return hosts;
    }

    private static String database(String encoded) {
        String name = UrlText.database(encoded);
        if (name.isEmpty()) {
            throw UrlText.invalid("names no database");
        }
        return name;
    }
}
