package io.daypass.engine.postgresql;

import io.daypass.engine.database.DatabaseEngine;
import io.daypass.plugin.Engine;
import io.daypass.testkit.Credential;
import io.daypass.testkit.CutLink;
import io.daypass.testkit.EngineContract;
import io.daypass.testkit.Link;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.pf4j.ExtensionPoint;

/** The database engine keeps the contract, with real users of a real server. */
@ParameterizedClass
@ValueSource(ints = {14, 16, 18})
class DatabaseContractIT extends EngineContract {
    private static final String STATIC = "app";

    private final ShopServer server;
    private final CutLink link;

    DatabaseContractIT(int version) throws IOException {
        server = Servers.of(version);
        link = new CutLink(server.port());
    }

    @AfterEach
    void closeLink() throws IOException {
        link.close();
    }

    @Override
    protected Class<? extends Engine> engine() {
        return DatabaseEngine.class;
    }

    @Override
    protected List<Class<? extends ExtensionPoint>> extensions() {
        return List.of(PostgresConnector.class);
    }

    @Override
    protected Map<String, String> configuration() {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put(
                "config/shop", """
                {"plugin_name": "postgresql-database-plugin", "username": "%s", "password": "%s", "allowed_roles": "*",
                 "connection_url": "postgresql://{{username}}:{{password}}@127.0.0.1:%d/%s?sslmode=disable"}
                """.formatted(Servers.BROKER, Servers.BROKER_PASSWORD, link.port(), Servers.DATABASE));
        entries.put("roles/reader", """
                {"db_name": "shop", "groups": ["readonly"], "creation_statements":
                 ["CREATE ROLE \\"{{name}}\\" LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}'"]}
                """);
        makeStatic();
        entries.put("static-roles/app", """
                {"db_name": "shop", "username": "%s", "rotation_period": "1h"}
                """.formatted(STATIC));
        return entries;
    }

    private void makeStatic() {
        if (server.ask(Servers.DATABASE, "SELECT 1 FROM pg_roles WHERE rolname = '" + STATIC + "'")
                .isEmpty()) {
            server.execute(
                    Servers.DATABASE,
                    "CREATE ROLE " + STATIC + " LOGIN",
                    "GRANT " + STATIC + " TO " + Servers.BROKER + " WITH ADMIN OPTION");
        }
    }

    @Override
    protected boolean isSettled() throws SQLException {
        String password = read("static-creds/app").path("password").asText();
        try (Connection login = server.connect(Servers.DATABASE, STATIC, password)) {
            return login.isValid(1);
        }
    }

    @Override
    protected String issuePath() {
        return "creds/reader";
    }

    @Override
    protected Set<String> secretFields() {
        return Set.of("password");
    }

    @Override
    protected boolean works(Credential credential) {
        String name = credential.text("username");
        try (Connection login = server.connect(Servers.DATABASE, name, credential.text("password"))) {
            return login.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    protected int left() {
        return server.ask(Servers.DATABASE, "SELECT 1 FROM pg_roles WHERE rolname ~ '^d-' AND rolname !~ '^d-test-'")
                .size();
    }

    /** The driver keeps a thread for 30 s, which closes what was forgotten. */
    @Override
    protected Duration lingering() {
        return Duration.ofSeconds(40);
    }

    @Override
    protected Link link() {
        return link;
    }

    @Override
    protected String orphansPath() {
        return "orphans/shop";
    }

    @Override
    protected String stranger() {
        String name = "d-artagnan";
        if (server.ask(Servers.DATABASE, "SELECT 1 FROM pg_roles WHERE rolname = '" + name + "'")
                .isEmpty()) {
            server.execute(Servers.DATABASE, "CREATE ROLE \"" + name + "\" LOGIN");
        }
        return name;
    }

    @Override
    protected Map<String, List<String>> earlierHandles() {
        return Map.of("user", List.of("""
                {"connection": "shop", "identity": "", "login": "", "name": "d-of-version-0-1", "renewal": [],
                 "revocation": [], "owned_objects": "reassign", "reassign_to": ""}
                """));
    }
}
