package io.daypass.engine.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.RedisServer;
import io.daypass.embedded.source.RedisSource;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.EngineException;
import io.daypass.plugin.Invalid;
import io.daypass.plugin.Refused;
import io.daypass.plugin.Secret;
import io.daypass.plugin.Unavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to Redis while somebody is made, or ended. */
final class RedisMishapsIT {
    private static final String FENCE = "daypass:fence:d-late";
    private static final String MAKE = "ACL SETUSER d-late reset on >a-password-for-this-test +get ~*";
    private static final String[] END = {"SET " + FENCE + " 1 EX 3600", "ACL DELUSER d-late"};

    @TempDir
    private Path directory;

    private RedisServer server;

    @BeforeEach
    void start() throws IOException {
        server = RedisSource.start(directory, Map.of());
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private RedisEngine.Config config(String username, String password) {
        String url = "redis://127.0.0.1:" + server.port();
        return new RedisEngine.Config(url, username, Secret.of(password), Optional.empty(), true);
    }

    private static Deadline deadline() {
        return new Deadline(Instant.now().plus(Duration.ofSeconds(10)), InstantSource.system());
    }

    private Server open() {
        return new Server(config(RedisServer.ADMIN, server.password()), deadline());
    }

    private boolean isThere() throws IOException {
        return server.ask("ACL", "USERS").lines().anyMatch("d-late"::equals);
    }

    private static Instant far() {
        return Instant.now().plus(Duration.ofMinutes(1));
    }

    private <E extends EngineException> void assertNotMade(Class<E> error, String text, Server redis)
            throws IOException {
        E thrown = assertThrows(error, () -> redis.transaction(MAKE));
        assertTrue(String.valueOf(thrown.getMessage()).contains(text), thrown::getMessage);
        assertFalse(isThere());
    }

    @Test
    void mint_afterTheRevocation_answersNil() throws IOException {
        try (Server minting = open();
                Server ending = open()) {
            minting.watch(FENCE, far());
            ending.transaction(END);
            assertNotMade(Unavailable.class, "revoked", minting);
        }
    }

    @Test
    void mint_afterTheFenceHasComeAndGone_answersNil() throws IOException {
        try (Server minting = open()) {
            minting.watch(FENCE, far());
            server.ask("SET", FENCE, "1");
            server.ask("DEL", FENCE);
            assertNotMade(Unavailable.class, "revoked", minting);
        }
    }

    @Test
    void watch_whatWasRevoked_orAfterTheDeadline_isUnavailable() {
        try (Server redis = open()) {
            Instant past = Instant.now().minus(Duration.ofSeconds(2));
            assertThrows(Unavailable.class, () -> redis.watch(FENCE, past));
        }
        try (Server redis = open()) {
            redis.transaction(END);
            assertThrows(Unavailable.class, () -> redis.watch(FENCE, far()));
        }
    }

    @Test
    void transaction_saysWhenItWas_byRedisClock() {
        try (Server redis = open()) {
            Instant at = redis.transaction(END);
            assertTrue(Duration.between(at, Instant.now()).abs().compareTo(Duration.ofSeconds(5)) < 0, at::toString);
        }
    }

    @Test
    void restart_inTheMiddleOfAMint_makesNobody() throws IOException {
        try (Server minting = open()) {
            minting.watch(FENCE, far());
            server.kill();
            server.restart();
            assertThrows(Unavailable.class, () -> minting.transaction(MAKE));
            assertFalse(isThere());
        }
    }

    @Test
    void restart_losesNobodyWhoWasMade_andBringsNobodyBack() throws IOException {
        try (Server redis = open()) {
            redis.transaction(MAKE);
        }
        server.kill();
        server.restart();
        assertTrue(server.letsIn("d-late", "a-password-for-this-test"));
        try (Server redis = open()) {
            redis.transaction(END);
        }
        server.kill();
        server.restart();
        assertFalse(isThere());
    }

    @Test
    void end_closesConnections() throws IOException {
        try (Server redis = open()) {
            redis.transaction(MAKE);
            try (Server theirs = new Server(config("d-late", "a-password-for-this-test"), deadline())) {
                theirs.ask("GET anything");
                redis.transaction(END);
                assertThrows(Unavailable.class, () -> theirs.ask("GET anything"));
            }
        }
    }

    @Test
    void mint_onAReplica_isUnavailable() throws IOException {
        server.ask("REPLICAOF", "127.0.0.1", "1");
        try (Server redis = open()) {
            Unavailable replica = assertThrows(Unavailable.class, () -> redis.watch(FENCE, far()));
            assertTrue(String.valueOf(replica.getMessage()).contains("replica"), replica::getMessage);
            assertThrows(Unavailable.class, () -> redis.transaction(END));
        }
    }

    @Test
    void end_whileNoKeyCanBeWritten_endsTheUser_andIsUnavailable() throws IOException {
        try (Server redis = open()) {
            redis.transaction(MAKE);
            server.ask("CONFIG", "SET", "maxmemory", "1");
            redis.ask("ACL DELUSER d-late");
            assertFalse(isThere());
            assertThrows(Unavailable.class, () -> redis.transaction(END));
        }
    }

    @Test
    void maxclients_isUnavailable() throws IOException {
        server.ask("CONFIG", "SET", "maxclients", "3");
        List<Server> open = new ArrayList<>();
        try {
            assertThrows(Unavailable.class, () -> {
                for (int i = 0; i < 5; i++) {
                    open.add(open());
                }
            });
        } finally {
            open.forEach(Server::close);
        }
    }

    @Test
    void rights_thatAreMissing_areRefused_andNobodyIsMade() throws IOException {
        assertThrows(Refused.class, () -> new Server(config(RedisServer.ADMIN, "another"), deadline()));
        server.ask("ACL", "SETUSER", "weak", "on", ">the-password-of-weak", "~*", "+@all", "-acl|setuser");
        try (Server redis = new Server(config("weak", "the-password-of-weak"), deadline())) {
            assertNotMade(Refused.class, "NOPERM", redis);
        }
        server.ask("ACL", "SETUSER", "weak", "+acl|setuser", "-acl|save");
        try (Server redis = new Server(config("weak", "the-password-of-weak"), deadline())) {
            assertNotMade(Refused.class, "NOPERM", redis);
        }
    }

    @Test
    void rules_thatRedisDoesNotKnow_areRefused_andNobodyIsMade() throws IOException {
        try (Server redis = open()) {
            Refused wrong =
                    assertThrows(Refused.class, () -> redis.transaction("ACL SETUSER d-late reset on +nonesuch"));
            assertTrue(String.valueOf(wrong.getMessage()).contains("+nonesuch"), wrong::getMessage);
            assertFalse(isThere());
        }
    }

    @Test
    void anotherServer_isNoticed_untilConfigIsWrittenForIt() throws IOException {
        try (Server redis = open()) {
            assertThrows(Unavailable.class, () -> redis.expect("daypass-1"));
            redis.mark("daypass-1");
            redis.expect("daypass-1");
        }
        server.kill();
        server.restart();
        try (Server redis = open()) {
            redis.expect("daypass-1");
        }
        assertFalse(server.letsIn("daypass-1", ""));
    }

    @Test
    void url_thatIsNone_isInvalid() {
        for (String url :
                List.of("", "127.0.0.1:1", "http://127.0.0.1:1", "redis://me:word@127.0.0.1:1", "redis://h:99999")) {
            RedisEngine.Config config =
                    new RedisEngine.Config(url, "default", Secret.of("word"), Optional.empty(), true);
            assertEquals(
                    "url",
                    assertThrows(Invalid.class, () -> new Server(config, deadline()))
                            .field());
        }
    }
}
