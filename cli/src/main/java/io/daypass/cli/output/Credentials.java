package io.daypass.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import io.daypass.cli.http.Reply;
import io.daypass.cli.shell.Display;
import io.daypass.cli.shell.Failure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Credentials as the variables that programs look for: {@code DB_*}, and libpq's {@code PG*}. */
public final class Credentials {
    /** The variable with the lease's id. */
    static final String LEASE = "DAYPASS_LEASE_ID";

    /** Variables by which libpq would take another server, or another password, than the ones below say. */
    private static final List<String> MISLEADING =
            List.of("PGHOSTADDR", "PGSERVICE", "PGSERVICEFILE", "PGPASSFILE", "PGSSLMODE");

    private static final Map<String, String> CONNECTION =
            Map.of("host", "PGHOST", "port", "PGPORT", "database", "PGDATABASE", "sslmode", "PGSSLMODE");

    private Credentials() {}

    /** Whether a reply holds a database's credentials. */
    public static boolean isIn(Reply reply) {
        return !reply.leaseId().isEmpty()
                && reply.said().path("username").isTextual()
                && reply.said().path("password").isTextual();
    }

    /**
     * Names and values.
     *
     * @param reply a lease, with or without a database's credentials
     * @param renamed names for fields of the reply; one for {@code username} or {@code password} takes the place of
     *     {@code DB_USERNAME} or {@code DB_PASSWORD}
     * @throws Failure if the reply has no such field
     */
    public static Map<String, String> of(Reply reply, Map<String, String> renamed) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put(LEASE, reply.leaseId());
        if (isIn(reply)) {
            String username = reply.said().path("username").asText();
            String password = reply.said().path("password").asText();
            putUnless(renamed.containsValue("username"), variables, "DB_USERNAME", username);
            putUnless(renamed.containsValue("password"), variables, "DB_PASSWORD", password);
            variables.put("PGUSER", username);
            variables.put("PGPASSWORD", password);
            connection(reply.said().path("connection"), variables);
        }
        renamed.forEach((name, field) -> variables.put(name, value(reply, field)));
        return variables;
    }

    /** Sets the variables in an environment, and takes out those that would lead elsewhere. */
    public static void put(Map<String, String> variables, Map<String, String> environment) {
        if (variables.containsKey("PGHOST")) {
            MISLEADING.forEach(environment::remove);
        }
        environment.putAll(variables);
    }

    private static void connection(JsonNode connection, Map<String, String> into) {
        CONNECTION.forEach((field, name) -> {
            String value = connection.path(field).asText("");
            putUnless(value.isEmpty() || value.equals("null"), into, name, value);
        });
    }

    private static String value(Reply reply, String field) {
        JsonNode value = Fields.find(reply, field);
        if (value.isMissingNode() || value.isNull()) {
            throw Failure.usage(
                    "the lease has no field \"" + Display.line(field) + "\"; it has " + Fields.names(reply));
        }
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private static void putUnless(boolean left, Map<String, String> into, String name, String value) {
        if (!left) {
            into.put(name, value);
        }
    }
}
