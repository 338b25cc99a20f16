package io.daypass.benchmarks.scenario;

import io.daypass.benchmarks.load.Requests;
import io.daypass.benchmarks.process.Api;
import io.daypass.benchmarks.process.Broker;
import io.daypass.benchmarks.process.MariaDbTarget;
import io.daypass.benchmarks.process.PostgresTarget;
import io.daypass.plugin.database.Creation;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Requests for users of a PostgreSQL or MariaDB server. */
final class DatabaseLoad {
    /** Connections of the broker to one server, as many as it makes unless told otherwise. */
    static final int CONNECTIONS = 4;

    /** What the names of the broker's users begin with. */
    static final String MARK = "d-";

    /** Connections of the broker to a MariaDB, which does one thing after the other however many there are. */
    static final int MARIADB_CONNECTIONS = 2;

    /** What makes a user of MariaDB's that is good for something. */
    static final List<String> MARIADB_CREATION = List.of(
            "CREATE USER '{{name}}'@'%' IDENTIFIED BY '{{password}}'", "GRANT SELECT ON shop.* TO '{{name}}'@'%'");

    private static final String CREATION =
            "CREATE ROLE \"{{name}}\" LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}'";

    private final Api api;
    private final String mount;

    private DatabaseLoad(Api api, String mount) {
        this.api = api;
        this.mount = mount;
    }

    /** Mounts the engine, and gives it the server. */
    static DatabaseLoad prepare(Broker broker, String mount, PostgresTarget target) throws IOException {
        return prepare(
                broker,
                mount,
                Map.of(
                        "plugin_name",
                        "postgresql-database-plugin",
                        "connection_url",
                        target.url(),
                        "username",
                        target.login(),
                        "password",
                        target.password(),
                        "allowed_roles",
                        "*",
                        "max_open_connections",
                        CONNECTIONS));
    }

    /** Mounts the engine, and gives it the server. */
    static DatabaseLoad prepare(Broker broker, String mount, MariaDbTarget target) throws IOException {
        return prepare(
                broker,
                mount,
                Map.of(
                        "plugin_name",
                        "mariadb-database-plugin",
                        "connection_url",
                        target.url(),
                        "username",
                        target.login(),
                        "password",
                        target.password(),
                        "allowed_roles",
                        "*",
                        "max_open_connections",
                        MARIADB_CONNECTIONS));
    }

    private static DatabaseLoad prepare(Broker broker, String mount, Map<String, Object> connection)
            throws IOException {
        Api api = broker.api();
        api.write("sys/mounts/" + mount, Map.of("type", "database"));
        api.write(mount + "/config/shop", connection);
        return new DatabaseLoad(api, mount);
    }

    /** A role by its SQL. */
    void role(String name, List<String> creation) throws IOException {
        api.write(
                mount + "/roles/" + name,
                Map.of("db_name", "shop", "default_ttl", "1h", "max_ttl", "24h", "creation_statements", creation));
    }

    /** A role whose users' passwords are hashed this often. */
    void role(String name, int iterations) throws IOException {
        api.write(
                mount + "/roles/" + name,
                Map.of(
                        "db_name",
                        "shop",
                        "default_ttl",
                        "1h",
                        "max_ttl",
                        "24h",
                        "creation_statements",
                        List.of(CREATION),
                        "groups",
                        List.of(PostgresTarget.GROUP),
                        "scram_iterations",
                        iterations));
    }

    /** The same, for the plugin itself. */
    static Creation creation(int iterations) {
        return new Creation(List.of(CREATION), List.of(PostgresTarget.GROUP), iterations);
    }

    /** Requests for users of a role. */
    Requests requests(String role) {
        return Requests.anyOf(List.of(Requests.get("/v1/" + path(role), api.token())));
    }

    /** The same, with a shorter life. */
    Requests requests(String role, long seconds) {
        return Requests.anyOf(List.of(Requests.get("/v1/" + path(role) + "?ttl=" + seconds + "s", api.token())));
    }

    /** Ends all users of a role, and comes back when they are gone. */
    void revokeAll(String role) throws IOException {
        api.write("sys/leases/revoke-prefix/" + path(role), Map.of("sync", true));
    }

    private String path(String role) {
        return mount + "/creds/" + role;
    }
}
