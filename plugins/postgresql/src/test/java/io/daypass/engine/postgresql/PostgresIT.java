package io.daypass.engine.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Secret;
import io.daypass.plugin.database.Creation;
import io.daypass.plugin.database.Database;
import io.daypass.plugin.database.DatabaseConfig;
import io.daypass.plugin.database.NewUser;
import io.daypass.plugin.database.Place;
import io.daypass.plugin.database.Removal;
import io.daypass.plugin.database.Sources;
import io.daypass.plugin.database.User;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresIT {
    @ParameterizedTest
    @ValueSource(ints = {14, 15, 18})
    void createAndDrop_work(int version) throws Exception {
        try (PostgresServer server = PostgresServer.start(version)) {
            server.prepare("shop", "broker", "broker-password");
            InstantSource clock = InstantSource.system();
            SecureRandom random = new SecureRandom();
            Sources sources = new Sources(clock, n -> {
                byte[] b = new byte[n];
                random.nextBytes(b);
                return b;
            });
            DatabaseConfig config = new DatabaseConfig(
                    server.url("shop"), "broker", Secret.of("broker-password"), "", 4, 4, Duration.ZERO, List.of());
            try (Database database = new PostgresConnector().open(config, sources)) {
                Deadline deadline = new Deadline(clock.instant().plusSeconds(10), clock);
                System.out.println(database.target(deadline));
                User user = new User("d-1", 42);
                database.create(
                        new Place("", ""),
                        new Creation(
                                List.of("CREATE ROLE \"{{name}}\" LOGIN PASSWORD '{{password}}'"),
                                List.of("readonly"),
                                4096),
                        List.of(new NewUser(
                                user,
                                Secret.of("secret-of-d-1"),
                                clock.instant().plusSeconds(60))),
                        deadline);
                Connection connection = server.connect("shop", "d-1", "secret-of-d-1");
                assertEquals(
                        List.of("1"),
                        server.ask(
                                "shop",
                                "SELECT count(*) FROM pg_roles WHERE rolname='d-1' AND rolvaliduntil IS NOT NULL"));
                database.drop(new Place("", ""), new Removal(List.of(), false, ""), List.of(user), deadline);
                assertThrows(
                        SQLException.class, () -> connection.createStatement().execute("SELECT 1"));
                assertEquals(List.of("0"), server.ask("shop", "SELECT count(*) FROM pg_roles WHERE rolname='d-1'"));
                System.out.println(database.settle(
                        new Place("", ""), new Removal(List.of(), false, ""), user, clock.instant(), deadline));
            }
        }
    }
}
