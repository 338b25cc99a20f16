package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.Await;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what: denied by default, and never told why. */
@ExtendWith(World.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DenialsIT {
    private RunningBroker broker;
    private Api root;
    private DatabaseMount mount;

    @BeforeAll
    void mount(World world) throws IOException, SQLException {
        broker = world.broker();
        root = broker.root();
        mount = DatabaseMount.of(root, world.shop());
    }

    @Test
    void everyDenial_readsTheSame() {
        Api revoked = broker.with("default");
        root.write("auth/token/revoke", Map.of("token", revoked.token())).ok();
        Map<String, Api> denied = new LinkedHashMap<>();
        denied.put("no token", root.as(""));
        denied.put("unknown token", root.as("hvs.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
        denied.put("no token at all", root.as("x"));
        denied.put("revoked token", revoked);
        denied.put("policy says no", broker.with("default"));
        for (Map.Entry<String, Api> each : denied.entrySet()) {
            for (String path : List.of(mount.path() + "/creds/reader", "sys/mounts", "nowhere/at/all", "sys/nothing")) {
                Answer answer = each.getValue().read(path);
                assertEquals(403, answer.status(), each.getKey() + ": " + path);
                assertTrue(answer.errors().endsWith("permission denied"), each.getKey() + ": " + answer);
                assertEquals(1, answer.body().path("errors").size(), each.getKey() + ": " + answer);
            }
        }
    }

    @Test
    void aPolicy_opensItsPathAlone() {
        String name = "only-" + mount.path();
        broker.policy(name, "path \"" + mount.path() + "/creds/reader\" { capabilities = [\"read\"] }");
        Api reader = broker.with(name);
        Answer lease = reader.read(mount.path() + "/creds/reader").ok();
        assertEquals(403, reader.read(mount.path() + "/roles/reader").status());
        assertEquals(403, reader.delete(mount.path() + "/creds/reader").status());
        assertEquals(403, reader.read("sys/leases/query").status());
        assertEquals(
                200,
                reader.put("sys/leases/lookup", Map.of("lease_id", lease.leaseId()))
                        .status());
        assertEquals(
                200,
                reader.put("sys/leases/renew", Map.of("lease_id", lease.leaseId()))
                        .status());
        Api other = broker.with(name);
        assertEquals(
                403,
                other.put("sys/leases/lookup", Map.of("lease_id", lease.leaseId()))
                        .status());
        assertEquals(
                403,
                other.put("sys/leases/revoke", Map.of("lease_id", lease.leaseId()))
                        .status());
        assertEquals(
                204,
                reader.put("sys/leases/revoke", Map.of("lease_id", lease.leaseId()))
                        .status());
    }

    @Test
    void deny_wins_overAnotherPolicysGrant() {
        String open = "open-" + mount.path();
        String shut = "shut-" + mount.path();
        broker.policy(open, "path \"" + mount.path() + "/*\" { capabilities = [\"read\", \"list\"] }");
        broker.policy(shut, "path \"" + mount.path() + "/creds/reader\" { capabilities = [\"deny\"] }");
        assertEquals(200, broker.with(open).read(mount.path() + "/roles/reader").status());
        assertEquals(
                403,
                broker.with(open, shut).read(mount.path() + "/creds/reader").status());
        assertEquals(
                200,
                broker.with(open, shut).read(mount.path() + "/roles/reader").status());
    }

    @Test
    void aChild_mayNotHaveMoreThanItsCreator() {
        String maker = "maker-" + mount.path();
        broker.policy(maker, "path \"auth/token/create\" { capabilities = [\"update\"] }");
        Api creator = broker.with(maker);
        assertRefused(creator, Map.of("policies", List.of("root")), "only a root token can make a root token");
        assertRefused(creator, Map.of("policies", List.of("other")), "yours don't include other");
        assertRefused(creator, Map.of("no_parent", true), "sudo on auth/token/create");
        assertRefused(creator, Map.of("period", "1h"), "sudo on auth/token/create");
        assertRefused(creator, Map.of("id", "chosen"), "sudo on auth/token/create");
        assertEquals(
                200,
                creator.write("auth/token/create", Map.of("policies", List.of(maker)))
                        .status());
    }

    /** The path is open to the creator, so it is what was asked for that is wrong. */
    private static void assertRefused(Api creator, Map<String, Object> asked, String why) {
        Answer answer = creator.write("auth/token/create", asked);
        assertEquals(400, answer.status(), answer::toString);
        assertTrue(answer.toString().contains(why), answer::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "path \"a\" { capabilities = [\"read\"]",
                "path \"a\" { capabilities = [\"read\" \"list\"] }",
                "path \"${a}\" { capabilities = [\"read\"] }",
                "path \"a\" { capabilities = [\"read\"]\n capabilities = [\"list\"] }",
                "path \"a\" { capabilities = [\"fly\"] }",
                "path \"a\" { capabilities = [\"read\"] } /* no end",
                "path \"a\" { capabilities = [\"read\"] allowed_parameters = {} }",
                "{\"path\":{\"a\":{\"capabilities\":[\"read\"]}",
                "{\"path\":{\"a\":{\"capabilities\":[\"read\"]},\"a\":{\"capabilities\":[\"deny\"]}}}"
            })
    void policyText_thatIsWrong_is400WithItsPlace_andChangesNothing(String text) {
        String name = "kept-" + mount.path();
        broker.policy(name, "path \"" + mount.path() + "/roles/reader\" { capabilities = [\"read\"] }");
        Api reader = broker.with(name);
        Answer answer = root.put("sys/policies/acl/" + name, Map.of("policy", text));
        assertEquals(400, answer.status(), answer::toString);
        assertTrue(answer.errors().matches("(?s).*line \\d+.*column \\d+.*|(?s).*\\d+:\\d+.*"), answer.errors());
        assertEquals(200, reader.read(mount.path() + "/roles/reader").status());
    }

    @Test
    void events_areSeenOnlyWhereTheirPathMayBeRead() throws Exception {
        DatabaseMount other = DatabaseMount.of(root, mount.shop());
        String name = "events-" + mount.path();
        broker.policy(
                name,
                "path \"sys/events/subscribe\" { capabilities = [\"read\"] }\npath \"" + mount.path()
                        + "/creds/*\" { capabilities = [\"read\"] }");
        Api watcher = broker.with(name);
        try (Events events = new Events(watcher, 0)) {
            other.revoke(other.creds().ok());
            mount.revoke(mount.creds().ok());
            Await.until(
                    Duration.ofSeconds(10),
                    () -> "events: " + events.received(),
                    () -> events.received().stream()
                            .anyMatch(event -> event.path("type").asText().equals("lease.ended")));
            assertTrue(events.received().stream()
                    .allMatch(event -> event.path("path").asText().startsWith(mount.path() + "/")));
            root.write("auth/token/revoke", Map.of("token", watcher.token())).ok();
            Await.until(Duration.ofSeconds(2), "the stream ends with its token", events::isOver);
        }
    }
}
