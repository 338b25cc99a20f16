package io.daypass.engine.mysql;

import io.daypass.embedded.source.MySqlSource;
import io.daypass.plugin.database.Creation;
import io.daypass.plugin.database.DatabaseConfig;
import io.daypass.plugin.database.DatabaseConnector;
import io.daypass.testkit.ConnectorContract;
import io.daypass.testkit.CutLink;
import io.daypass.testkit.Link;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The connectors keep the contract. */
@ParameterizedClass
@EnumSource
class ConnectorContractIT extends ConnectorContract {
    private final MySqlSource source;
    private final ShopServer server;
    private final CutLink link;

    ConnectorContractIT(MySqlSource source) throws IOException {
        this.source = source;
        server = Servers.of(source);
        link = new CutLink(server.port());
    }

    @AfterEach
    void closeLink() throws IOException {
        link.close();
    }

    @Override
    protected DatabaseConnector connector() {
        return source == MySqlSource.MYSQL_8 ? new MySqlConnector() : new MariaDbConnector();
    }

    @Override
    protected Link link() {
        return link;
    }

    @Override
    protected DatabaseConfig config() {
        return Shop.config(link.port(), ShopServer.BROKER, ShopServer.BROKER_PASSWORD);
    }

    @Override
    protected Creation creation() {
        return Shop.CREATION;
    }

    @Override
    protected Creation refusedCreation() {
        return Shop.creation(Shop.CREATE, "GRANT no_such_role TO '{{name}}'@'%'");
    }

    @Override
    protected List<String> rotation() {
        return List.of("ALTER USER '{{username}}'@'%' IDENTIFIED BY '{{password}}'");
    }

    @Override
    protected List<List<String>> lockingOut() {
        String set = "ALTER USER '{{name}}'@'%' IDENTIFIED BY '{{password}}'";
        return List.of(
                List.of(set + "; ALTER USER '{{name}}'@'%' IDENTIFIED BY 'another'"),
                List.of(set, "ALTER USER '{{name}}'@'%' ACCOUNT LOCK"),
                List.of(set, "ALTER USER '{{name}}'@'no.such.host' ACCOUNT LOCK"));
    }

    @Override
    protected Session login(String name, String password) throws SQLException {
        return new Login(server.connect(name, password));
    }

    private record Login(Connection connection) implements Session {
        @Override
        public boolean isAlive() {
            try {
                return connection.isValid(1);
            } catch (SQLException e) {
                return false;
            }
        }

        @Override
        public void close() {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    protected boolean exists(String name) {
        return !server.ask("SELECT 1 FROM mysql.user WHERE User = '" + name + "'")
                .isEmpty();
    }
}
