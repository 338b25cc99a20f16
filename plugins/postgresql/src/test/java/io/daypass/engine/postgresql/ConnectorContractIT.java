package io.daypass.engine.postgresql;

import io.daypass.plugin.database.Creation;
import io.daypass.plugin.database.Database;
import io.daypass.plugin.database.DatabaseConfig;
import io.daypass.plugin.database.DatabaseConnector;
import io.daypass.plugin.database.Endpoint;
import io.daypass.plugin.database.Removal;
import io.daypass.plugin.database.Sources;
import io.daypass.testkit.ConnectorContract;
import io.daypass.testkit.CutLink;
import io.daypass.testkit.Link;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The connector keeps the contract. */
@ParameterizedClass
@ValueSource(ints = {14, 16, 18})
class ConnectorContractIT extends ConnectorContract {
    /** On so many servers it is tried. */
    static final long VERSIONS = 2;

    /** What is wrong with the databases that are opened; nothing. */
    static volatile UnaryOperator<Database> flaw = UnaryOperator.identity();

    private final ShopServer server;
    private final CutLink link;

    ConnectorContractIT(int version) throws IOException {
        server = Servers.of(version);
        link = new CutLink(server.port());
    }

    @AfterEach
    void closeLink() throws IOException {
        link.close();
    }

    @Override
    protected DatabaseConnector connector() {
        return new FlawedConnector(new PostgresConnector(), flaw);
    }

    private record FlawedConnector(DatabaseConnector connector, UnaryOperator<Database> flaw)
            implements DatabaseConnector {
        @Override
        public List<String> names() {
            return connector.names();
        }

        @Override
        public int longestName() {
            return connector.longestName();
        }

        @Override
        public Endpoint endpoint(DatabaseConfig config) {
            return connector.endpoint(config);
        }

        @Override
        public List<String> check(Creation creation, List<String> renewal, Removal removal) {
            return connector.check(creation, renewal, removal);
        }

        @Override
        public void checkRotation(String field, List<String> statements) {
            connector.checkRotation(field, statements);
        }

        @Override
        public boolean needsConfiguredLogin(Creation creation) {
            return connector.needsConfiguredLogin(creation);
        }

        @Override
        public Database open(DatabaseConfig config, Sources sources) {
            return flaw.apply(connector.open(config, sources));
        }
    }

    @Override
    protected Link link() {
        return link;
    }

    @Override
    protected DatabaseConfig config() {
        return Shop.config(link.port(), Servers.BROKER, Servers.BROKER_PASSWORD, List.of());
    }

    @Override
    protected Creation creation() {
        return Shop.CREATION;
    }

    @Override
    protected Creation refusedCreation() {
        return new Creation(List.of(Shop.CREATE, "GRANT no_such_role TO \"{{name}}\""), List.of(), 1);
    }

    @Override
    protected List<String> rotation() {
        return List.of("ALTER USER \"{{username}}\" WITH PASSWORD '{{password}}'");
    }

    @Override
    protected List<List<String>> lockingOut() {
        String set = rotation().get(0);
        return List.of(
                List.of(set + "; ALTER ROLE \"{{name}}\" PASSWORD 'another'"),
                List.of(set + "; ALTER ROLE \"{{name}}\" PASSWORD NULL"),
                List.of("ALTER ROLE \"{{name}}\" NOLOGIN PASSWORD '{{password}}'"),
                List.of(set, "ALTER ROLE \"{{name}}\" VALID UNTIL '2001-01-01'"),
                List.of(set, "DROP ROLE \"{{name}}\""));
    }

    @Override
    protected Session login(String name, String password) throws SQLException {
        return new Login(server.connect(Servers.DATABASE, name, password));
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
        return !server.ask(Servers.DATABASE, "SELECT 1 FROM pg_roles WHERE rolname = '" + name + "'")
                .isEmpty();
    }
}
