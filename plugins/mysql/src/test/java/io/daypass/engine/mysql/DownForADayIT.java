package io.daypass.engine.mysql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Reply;
import io.daypass.broker.mount.Bench;
import io.daypass.broker.mount.MountConfig;
import io.daypass.broker.mount.MountTerms;
import io.daypass.broker.mount.lane.LaneLimits;
import io.daypass.broker.plugin.Engines;
import io.daypass.embedded.source.MySqlSource;
import io.daypass.engine.database.DatabaseEngine;
import io.daypass.lease.Terms;
import io.daypass.plugin.Engine;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.pf4j.ExtensionPoint;

/** A server is killed and stays down for a day by the broker's clock: what ended meanwhile ends when it is back. */
@ParameterizedClass
@EnumSource
class DownForADayIT {
    private static final String MOUNT = "db/";
    private static final Terms TERMS = new Terms(
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofHours(1),
            Duration.ofSeconds(30),
            Duration.ofMillis(50),
            Duration.ofMillis(500));
    private static final MountTerms LIMITS = new MountTerms(
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofHours(1),
            Duration.ofHours(48),
            new LaneLimits(4, 64, 64));

    private final MySqlSource source;
    private ShopServer server;
    private Bench bench;

    DownForADayIT(MySqlSource source) {
        this.source = source;
    }

    @BeforeEach
    void mount() throws Exception {
        server = Servers.fresh(source, Map.of());
        bench = new Bench(new Database(), InstantSource.system(), TERMS, LIMITS);
        Bench.await(bench.mounts().enable(MOUNT, "database", "", MountConfig.NONE));
        bench.write(MOUNT + "config/shop", """
                {"plugin_name": "%s", "username": "%s", "password": "%s", "allowed_roles": "*",
                 "connection_url": "{{username}}:{{password}}@tcp(127.0.0.1:%d)/"}
                """.formatted(
                        server.isMariaDb() ? "mariadb" : "mysql",
                        ShopServer.BROKER,
                        ShopServer.BROKER_PASSWORD,
                        server.port()));
        bench.write(MOUNT + "roles/reader", """
                {"db_name": "shop", "default_ttl": "40h", "max_ttl": "48h", "creation_statements":
                 "CREATE USER '{{name}}'@'%' IDENTIFIED BY '{{password}}'; GRANT SELECT ON shop.* TO '{{name}}'@'%';"}
                """);
    }

    @AfterEach
    void close() throws SQLException {
        // There is none where its server is not to be had.
        if (bench != null) {
            bench.close();
            server.close();
        }
    }

    @Test
    void leases_thatEndMeanwhile_areOverWhenItIsBack_andNoOther() throws Exception {
        List<JsonNode> brief = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            brief.add(issue("1h"));
        }
        JsonNode longer = issue("40h");
        server.server().kill();
        ApiException refused = assertThrows(ApiException.class, () -> issue("1h"));
        assertTrue(refused.errors().toString().contains("can't be reached"), refused::toString);
        for (int hour = 0; hour < 24; hour++) {
            bench.advance(Duration.ofHours(1));
            lookOnce();
        }
        assertEquals(5, bench.leases().size(), "each is written down until it is known to be over");
        server.server().restart();
        bench.reapUntil(() -> bench.leases().size() == 1);
        assertEquals(List.of(longer.path("username").asText()), users());
        for (JsonNode each : brief) {
            assertThrows(SQLException.class, () -> login(each));
        }
        login(longer);
        bench.advance(Duration.ofHours(17));
        bench.reapUntil(() -> bench.leases().isEmpty());
        assertEquals(List.of(), users());
    }

    private void lookOnce() {
        AtomicBoolean looked = new AtomicBoolean();
        bench.reapUntil(() -> looked.getAndSet(true));
    }

    private JsonNode issue(String ttl) {
        Reply reply = bench.write(MOUNT + "creds/reader", "{'ttl': '" + ttl + "'}");
        return Objects.requireNonNull(reply.data(), "an issuing path answers data");
    }

    private void login(JsonNode credential) throws SQLException {
        server.connect(
                        credential.path("username").asText(),
                        credential.path("password").asText())
                .close();
    }

    private List<String> users() {
        return server.ask("SELECT User FROM mysql.user WHERE User LIKE 'd-%'");
    }

    /** The database engine with this module's connectors. */
    private record Database() implements Engines {
        @Override
        public Optional<Engine> make(String type) {
            return type.equals("database") ? Optional.of(new DatabaseEngine()) : Optional.empty();
        }

        @Override
        public Set<String> types() {
            return Set.of("database");
        }

        @Override
        public <E extends ExtensionPoint> List<E> extensions(Class<E> point) {
            return Stream.of(new MySqlConnector(), new MariaDbConnector())
                    .filter(point::isInstance)
                    .map(point::cast)
                    .toList();
        }
    }
}
