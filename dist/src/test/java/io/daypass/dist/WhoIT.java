package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.daypass.embedded.Await;
import io.daypass.embedded.SshServer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** From what a target shows to whoever is behind it, by HTTP and by {@code daypass who}, while it lives and after. */
@ExtendWith(World.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WhoIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String WHO = "sys/leases/who";

    @TempDir
    private static Path directory = Path.of("/");

    private static int mounts;

    private RunningBroker broker;
    private Api root;
    private DatabaseMount database;
    private Api holder;
    private String accessor;

    @BeforeAll
    void mount(World world) throws IOException, SQLException {
        broker = world.newBroker(config -> config);
        root = broker.root();
        database = DatabaseMount.of(root, world.shop());
        broker.policy(
                "holder-" + database.path(),
                "path \"+/creds/*\" { capabilities = [\"read\", \"update\"] }\n"
                        + "path \"+/sign/*\" { capabilities = [\"update\"] }");
        JsonNode auth = root.write(
                        "auth/token/create",
                        Map.of("policies", List.of("holder-" + database.path()), "display_name", "alice"))
                .ok()
                .body()
                .path("auth");
        holder = root.as(auth.path("client_token").asText());
        accessor = auth.path("accessor").asText();
    }

    @AfterAll
    void end() {
        broker.close();
    }

    private JsonNode who(String name, Object value) {
        JsonNode leases = root.put(WHO, Map.of(name, value)).ok().data().path("leases");
        assertEquals(1, leases.size(), leases::toString);
        return leases.get(0);
    }

    private void assertHers(JsonNode found, Answer lease) {
        assertEquals(lease.leaseId(), found.path("lease_id").asText(), found::toString);
        assertEquals("token-alice", found.path("holder").asText(), found::toString);
        assertEquals(accessor, found.path("accessor").asText(), found::toString);
    }

    private HttpRequest.Builder because(String reason, String path) {
        return holder.request(path).header("X-Daypass-Reason", reason);
    }

    private void ends(Answer lease) {
        root.put("sys/leases/revoke", Map.of("lease_id", lease.leaseId())).ok();
        Await.until(
                SOON,
                "it has gone",
                () -> root.put("sys/leases/lookup", Map.of("lease_id", lease.leaseId()))
                                .status()
                        == 400);
    }

    @Test
    void user_leadsToItsLease_whileItLives_andAfterItsEnd_andARestart() {
        Answer lease = holder.send(
                        because("ticket 42", database.path() + "/creds/reader").GET())
                .ok();
        String user = lease.data("username");
        JsonNode live = who("username", user);
        assertHers(live, lease);
        assertEquals("active", live.path("state").asText());
        assertEquals("ticket 42", live.path("reason").asText());
        assertTrue(live.path("end_time").isNull(), live::toString);
        ends(lease);
        JsonNode ended = who("username", user);
        assertHers(ended, lease);
        assertEquals("ended", ended.path("state").asText());
        assertEquals("ticket 42", ended.path("reason").asText());
        assertEquals("revoked", ended.path("cause").asText());
        assertFalse(ended.path("end_time").isNull(), ended::toString);
        broker.process().stop();
        broker.process().start();
        assertHers(who("username", user), lease);
        assertHers(who("lease_id", lease.leaseId()), lease);
    }

    @Test
    void userOfItsTemplate_leadsToItsLease() {
        root.write(database.path() + "/config/shop", Map.of("username_template", "{{.RoleName}}-x-{{unix_time}}"))
                .ok();
        Answer lease = holder.read(database.path() + "/creds/reader").ok();
        assertTrue(lease.data("username").startsWith("d-reader-x-"), lease.data("username"));
        assertHers(who("username", lease.data("username")), lease);
    }

    @Test
    void whatIsUnknown_is404_withWhatToDo() {
        String user = holder.read(database.path() + "/creds/reader").ok().data("username");
        for (Map<String, ?> asked : List.<Map<String, ?>>of(
                Map.of("username", "postgres"),
                Map.of("username", user.replace("-1", "-2")),
                Map.of("serial", 4_000_000_000L),
                Map.of("lease_id", "database/creds/reader/nothing"))) {
            Answer answer = root.put(WHO, asked);
            assertEquals(404, answer.status(), answer::toString);
            assertTrue(answer.errors().length() > 40, answer::toString);
        }
    }

    @Test
    void whatIsAskedWrongly_is400() {
        for (Map<String, ?> asked : List.<Map<String, ?>>of(
                Map.of(),
                Map.of("username", ""),
                Map.of("username", "a", "serial", "1"),
                Map.of("username", "a", "issuer", "SHA256:x"),
                Map.of("username", "a\nb"),
                Map.of("username", "a".repeat(2_000)),
                Map.of("serial", "-1"),
                Map.of("serial", 0),
                Map.of("serial", "seventeen"),
                Map.of("serial", "ffffffffffffffff"),
                Map.of("serial", "99999999999999999999"))) {
            Answer answer = root.put(WHO, asked);
            assertEquals(400, answer.status(), answer::toString);
        }
    }

    @Test
    void aCapabilityOfItsOwn_isNeeded_andEnough() {
        Answer lease = holder.read(database.path() + "/creds/reader").ok();
        Map<String, ?> asked = Map.of("username", lease.data("username"));
        assertEquals(403, holder.put(WHO, asked).status());
        assertEquals(403, broker.with("default").put(WHO, asked).status());
        assertEquals(403, root.as("").put(WHO, asked).status());
        broker.policy("other-" + database.path(), "path \"sys/leases/lookup\" { capabilities = [\"update\"] }");
        assertEquals(
                403, broker.with("other-" + database.path()).put(WHO, asked).status());
        broker.policy("who-" + database.path(), "path \"" + WHO + "\" { capabilities = [\"update\"] }");
        Api asker = broker.with("who-" + database.path());
        assertEquals(200, asker.put(WHO, asked).status());
        Map<String, ?> id = Map.of("lease_id", lease.leaseId());
        assertEquals(403, asker.put("sys/leases/lookup", id).status());
        assertEquals(403, asker.put("sys/leases/revoke", id).status());
        assertEquals(
                403,
                asker.write("auth/token/revoke-accessor", Map.of("accessor", accessor))
                        .status());
    }

    @Test
    void lineOfARealSshd_leadsToItsLease_whileItLives_andAfterItsEnd() throws Exception {
        SshPrograms.find("sshd");
        String mount = signer();
        Path trusted = Files.writeString(
                directory.resolve(mount + "-ca"),
                root.read(mount + "/config/ca").ok().data("public_key"));
        try (SshServer server = SshServer.start(directory.resolve(mount + "-sshd"), "TrustedUserCAKeys " + trusted)) {
            Path key = directory.resolve(mount + "-id");
            SshPrograms.run(directory, "ssh-keygen", List.of("-q", "-t", "ed25519", "-N", "", "-f", key.toString()));
            String body = "{\"public_key\":\""
                    + Files.readString(Path.of(key + ".pub")).strip() + "\"}";
            Answer lease = holder.send(
                            because("an incident", mount + "/sign/dev").POST(HttpRequest.BodyPublishers.ofString(body)))
                    .ok();
            Files.writeString(Path.of(key + "-cert.pub"), lease.data("signed_key"));
            assertTrue(server.login(key, "true").isGood(), server.log());
            String line = server.log()
                    .lines()
                    .filter(each -> each.contains("Accepted publickey"))
                    .findFirst()
                    .orElseThrow();
            assertTrue(daypass("who", line).contains(lease.leaseId()));
            ends(lease);
            String said = daypass("who", line);
            for (String part : List.of(lease.leaseId(), "token-alice", accessor, "an incident", "ended", "revoked")) {
                assertTrue(said.contains(part), () -> part + " in " + said);
            }
            assertHers(who("serial", lease.data("serial_number")), lease);
        }
    }

    @Test
    void serial_ofSeveralMounts_isToldApartByTheCa() {
        String one = signer();
        String other = signer();
        String key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPdpDVyRXqS0GwIlmuC9t/sTLzJ1Dz8fHFCeFeLVUNyB";
        Answer first = sign(one, key);
        Answer second = sign(other, key);
        String serial = String.valueOf(Long.parseLong(first.data("serial_number"), 16));
        assertEquals(first.data("serial_number"), second.data("serial_number"));
        List<String> found = Stream.of(
                        root.put(WHO, Map.of("serial", serial)).ok().data().path("leases"))
                .flatMap(all -> all.findValuesAsText("lease_id").stream())
                .toList();
        assertTrue(found.containsAll(List.of(first.leaseId(), second.leaseId())), found::toString);
        for (Map.Entry<String, Answer> each : Map.of(one, first, other, second).entrySet()) {
            JsonNode ca = root.read(each.getKey() + "/config/ca").ok().data();
            String issuer = ca.path("keys").get(0).path("fingerprint").asText();
            Answer answer =
                    root.put(WHO, Map.of("serial", serial, "issuer", issuer)).ok();
            assertEquals(1, answer.data().path("leases").size(), answer::toString);
            assertHers(answer.data().path("leases").get(0), each.getValue());
        }
        Answer foreign = root.put(WHO, Map.of("serial", serial, "issuer", "SHA256:" + "x".repeat(43)));
        assertEquals(404, foreign.status());
        assertTrue(foreign.errors().contains("by another issuer"), foreign::toString);
    }

    private Answer sign(String mount, String key) {
        return holder.write(mount + "/sign/dev", Map.of("public_key", key)).ok();
    }

    private String signer() {
        String mount = "who" + ++mounts;
        root.write("sys/mounts/" + mount, Map.of("type", "ssh")).ok();
        root.write(mount + "/config/ca", Map.of()).ok();
        root.write(
                        mount + "/roles/dev",
                        Map.of(
                                "key_type",
                                "ca",
                                "allow_user_certificates",
                                true,
                                "default_user",
                                SshServer.user(),
                                "ttl",
                                "1h"))
                .ok();
        return mount;
    }

    private String daypass(String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "out", ".txt");
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(
                                Stream.of(Assembly.installation()
                                        .home()
                                        .resolve("bin/daypass")
                                        .toString()),
                                Stream.of(arguments))
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().put("DAYPASS_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("DAYPASS_ADDR", broker.config().address().toString());
        builder.environment().put("DAYPASS_TOKEN", root.token());
        int exit = builder.start().waitFor();
        String said = Files.readString(out);
        assertEquals(0, exit, said);
        return said;
    }
}
