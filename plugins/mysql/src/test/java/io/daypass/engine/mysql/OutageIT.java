package io.daypass.engine.mysql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.Await;
import io.daypass.embedded.Relay;
import io.daypass.embedded.source.MySqlSource;
import io.daypass.plugin.Unavailable;
import io.daypass.plugin.database.User;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that takes no writes, has no room, or goes away in the middle. */
@ParameterizedClass
@EnumSource
class OutageIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final ShopServer server;
    private final Shop shop;

    OutageIT(MySqlSource source) throws IOException {
        server = Servers.fresh(source, Map.of("max_connections", "12"));
        shop = Shop.of(server, server.port(), InstantSource.system());
    }

    @AfterEach
    void close() {
        shop.close();
        server.close();
    }

    @Test
    void readOnly_isUnavailable_andWorksAfter() throws Exception {
        User user = shop.created();
        server.execute("SET GLOBAL read_only = ON");
        assertThrows(Unavailable.class, () -> shop.create(Shop.CREATION, Shop.user()));
        assertThrows(Unavailable.class, () -> shop.drop(user));
        assertTrue(shop.exists(user));
        server.execute("SET GLOBAL read_only = OFF");
        shop.drop(user);
        assertFalse(shop.exists(user));
    }

    @Test
    void noRoomForConnections_isUnavailable_andWorksAfter() throws Exception {
        List<Connection> taken = new ArrayList<>();
        try {
            while (true) {
                taken.add(server.connect(ShopServer.BROKER, ShopServer.BROKER_PASSWORD));
            }
        } catch (SQLException full) {
            assertEquals(1040, full.getErrorCode(), full.getMessage());
        }
        Unavailable thrown = assertThrows(Unavailable.class, shop::created);
        assertTrue(Shop.text(thrown).contains("1040"), Shop.text(thrown));
        for (Connection each : taken) {
            each.close();
        }
        Await.until(SOON, "there is room again", () -> {
            shop.drop(shop.created());
            return true;
        });
    }

    @Test
    void restartedInTheMiddleOfACreation_leavesNothingOnceRevoked() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Relay relay = new Relay(server.port());
                Shop through = Shop.of(server, relay.port(), InstantSource.system())) {
            for (String statement : List.of("CREATE USER", "GRANT SELECT ON shop", "RELEASE_LOCK")) {
                User user = Shop.user();
                relay.holdRequests(statement);
                Future<?> call = thread.submit(() -> {
                    through.create(Shop.CREATION, user);
                    return user;
                });
                Await.until(SOON, "the statement is on its way", () -> relay.held() > 0);
                server.server().kill();
                relay.release();
                ExecutionException thrown = assertThrows(ExecutionException.class, call::get);
                assertInstanceOf(Unavailable.class, thrown.getCause());
                server.server().restart();
                Await.until(SOON, "it is dropped, once the connections of before are known to be gone", () -> {
                    shop.drop(user);
                    return true;
                });
                assertFalse(shop.exists(user), statement);
            }
        }
        thread.shutdown();
    }

    @Test
    void killedAndRestarted_hasTheSameMark_andItsUsersEnd() throws Exception {
        String identity = shop.database.target(shop.soon()).identity();
        User user = shop.created();
        server.server().kill();
        assertThrows(Unavailable.class, () -> shop.drop(user));
        server.server().restart();
        assertEquals(identity, shop.database.target(shop.soon()).identity());
        shop.drop(user);
        assertFalse(shop.exists(user));
    }

    @Test
    void paused_endsByTheDeadline_andWorksAfter() throws Exception {
        User user = shop.created();
        server.server().pause();
        try {
            assertThrows(
                    Unavailable.class,
                    () -> shop.database.drop(shop.place, Shop.REMOVAL, List.of(user), shop.in(Duration.ofSeconds(1))));
        } finally {
            server.server().resume();
        }
        shop.drop(user);
        assertFalse(shop.exists(user));
    }
}
