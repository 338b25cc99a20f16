package io.daypass.engine.mysql;

import io.daypass.embedded.source.MySqlSource;
import io.daypass.engine.database.DatabaseEngine;
import io.daypass.plugin.Engine;
import io.daypass.testkit.Credential;
import io.daypass.testkit.CutLink;
import io.daypass.testkit.EngineContract;
import io.daypass.testkit.Link;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.pf4j.ExtensionPoint;

/** The database engine keeps the contract, with real users of a real server. */
@ParameterizedClass
@EnumSource
class DatabaseContractIT extends EngineContract {
    private static final String STATIC = "app";

    private final MySqlSource source;
    private final ShopServer server;
    private final CutLink link;

    DatabaseContractIT(MySqlSource source) throws IOException {
        this.source = source;
        server = Servers.of(source);
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
        return List.of(MySqlConnector.class, MariaDbConnector.class);
    }

    @Override
    protected Map<String, String> configuration() {
        String plugin = source == MySqlSource.MYSQL_8 ? "mysql-database-plugin" : "mariadb-database-plugin";
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("config/shop", """
                {"plugin_name": "%s", "username": "%s", "password": "%s", "allowed_roles": "*",
                 "connection_url": "{{username}}:{{password}}@tcp(127.0.0.1:%d)/"}
                """.formatted(plugin, ShopServer.BROKER, ShopServer.BROKER_PASSWORD, link.port()));
        entries.put("roles/reader", """
                {"db_name": "shop", "creation_statements":
                 "CREATE USER '{{name}}'@'%' IDENTIFIED BY '{{password}}'; GRANT SELECT ON shop.* TO '{{name}}'@'%';"}
                """);
        server.execute("CREATE USER IF NOT EXISTS '" + STATIC + "'@'%'");
        entries.put("static-roles/app", """
                {"db_name": "shop", "username": "%s", "rotation_period": "1h"}
                """.formatted(STATIC));
        return entries;
    }

    @Override
    protected boolean isSettled() throws SQLException {
        String password = read("static-creds/app").path("password").asText();
        try (Connection login = server.connect(STATIC, password)) {
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
        try (Connection login = server.connect(credential.text("username"), credential.text("password"))) {
            return login.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    protected int left() {
        return server.ask("SELECT 1 FROM mysql.user WHERE User LIKE 'd-%' AND User NOT LIKE 'd-test-%'")
                .size();
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
        server.execute("CREATE USER IF NOT EXISTS '" + name + "'@'localhost'");
        return name;
    }
}
