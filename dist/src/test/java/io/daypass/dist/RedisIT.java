package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.Await;
import io.daypass.embedded.RedisServer;
import io.daypass.embedded.source.RedisSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The Redis engine over HTTP, in a broker as it is assembled. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RedisIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    private RedisServer server;
    private RunningBroker broker;
    private Api root;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        server = RedisSource.start(directory.resolve("redis"), Map.of());
        server.ask(
                "ACL",
                "SETUSER",
                "daypass",
                "on",
                ">the-password-of-daypass",
                "~daypass:fence:*",
                "+acl",
                "+watch",
                "+multi",
                "+exec",
                "+set",
                "+exists",
                "+time",
                "+role");
        server.ask("ACL", "SAVE");
        broker = RunningBroker.start(directory.resolve("broker"), config -> config);
        root = broker.root();
        root.write("sys/mounts/redis", Map.of("type", "redis")).ok();
        root.write("redis/config", config("redis://127.0.0.1:" + server.port())).ok();
        root.write("redis/roles/reader", Map.of("rules", "~app:* +@read", "ttl", "10m"))
                .ok();
    }

    @AfterAll
    void stop() {
        if (broker != null) {
            broker.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private static Map<String, String> config(String url) {
        return Map.of("url", url, "username", "daypass", "password", "the-password-of-daypass");
    }

    private Answer creds() {
        Answer creds = root.read("redis/creds/reader").ok();
        broker.secrets().add(creds.data("password"));
        return creds;
    }

    private boolean letsIn(Answer creds) throws IOException {
        return server.letsIn(creds.data("username"), creds.data("password"));
    }

    private Answer revoke(Answer creds) {
        return root.put("sys/leases/revoke", Map.of("lease_id", creds.leaseId()));
    }

    @Test
    void creds_mayDoWhatTheRoleSays_untilRevoked() throws IOException {
        server.ask("SET", "app:1", "one");
        Answer creds = creds();
        assertEquals("one", server.askAs(creds.data("username"), creds.data("password"), "GET", "app:1"));
        assertTrue(server.askAs(creds.data("username"), creds.data("password"), "SET", "app:1", "two")
                .startsWith("NOPERM"));
        revoke(creds).ok();
        assertFalse(letsIn(creds));
    }

    @Test
    void restart_keepsLeases_andBringsNobodyBack() throws IOException {
        Answer kept = creds();
        Answer ended = creds();
        revoke(ended).ok();
        server.kill();
        assertEquals(502, root.read("redis/creds/reader").status());
        server.restart();
        assertTrue(letsIn(kept));
        assertFalse(letsIn(ended));
        revoke(kept);
        Await.until(SOON, "it ends", () -> !letsIn(kept));
    }

    @Test
    void revoke_whileRedisIsFull_endsTheUser() throws IOException {
        Answer creds = creds();
        server.ask("CONFIG", "SET", "maxmemory", "1");
        try {
            assertEquals(202, revoke(creds).status());
            assertFalse(letsIn(creds));
        } finally {
            server.ask("CONFIG", "SET", "maxmemory", "0");
        }
    }

    @Test
    void role_thatSaysWhoIsLetIn_orIsUnknownToRedis_is400() {
        Answer open = root.write("redis/roles/open", Map.of("rules", "~* +get nopass"));
        assertEquals(400, open.status());
        Answer unknown = root.write("redis/roles/unknown", Map.of("rules", "~* +nonesuch"));
        assertEquals(400, unknown.status());
        assertTrue(unknown.toString().contains("+nonesuch"), unknown::toString);
        assertTrue(root.write("redis/roles/mighty", Map.of("rules", "~* +@all"))
                .ok()
                .warnings()
                .contains("-@admin"));
    }

    @Test
    void config_thatLeadsElsewhereWhileLeasesLive_is400() {
        Answer creds = creds();
        Answer elsewhere = root.write("redis/config", config("redis://localhost:" + server.port()));
        assertEquals(400, elsewhere.status());
        assertTrue(elsewhere.toString().contains("leases live"), elsewhere::toString);
        revoke(creds);
    }
}
