package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.Await;
import io.daypass.embedded.Programs;
import io.daypass.embedded.SshServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Certificates by HTTP, and what a stock sshd makes of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SshIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String USER = SshServer.user();

    @TempDir
    private static Path directory = Path.of("/");

    private static int mounts;

    private RunningBroker broker;
    private SshServer server;
    private Api root;
    private String mount;
    private Path krl;
    private Path trusted;
    private Path key;

    @BeforeAll
    void start() throws Exception {
        SshPrograms.find("sshd");
        broker = RunningBroker.start(directory.resolve("broker"), config -> config);
        root = broker.root();
        krl = directory.resolve("revoked_keys");
        trusted = directory.resolve("trusted_keys");
        Files.writeString(trusted, "");
        Files.writeString(krl, "");
        server = SshServer.start(directory.resolve("sshd"), "TrustedUserCAKeys " + trusted, "RevokedKeys " + krl);
    }

    @AfterAll
    void end() throws Exception {
        if (server != null) {
            server.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    @BeforeEach
    void mount() throws Exception {
        mount = "ssh" + ++mounts;
        root.write("sys/mounts/" + mount, Map.of("type", "ssh")).ok();
        root.write(mount + "/config/ca", Map.of()).ok();
        Map<String, Object> role = new HashMap<>();
        role.put("key_type", "ca");
        role.put("allow_user_certificates", true);
        role.put("allow_host_certificates", true);
        role.put("allowed_users", USER + ",somebody");
        role.put("default_user", USER);
        role.put("allowed_domains", "example");
        role.put("allow_subdomains", true);
        role.put("allowed_critical_options", "force-command,source-address");
        role.put("default_extensions", Map.of("permit-pty", ""));
        role.put("ttl", "1h");
        root.write(mount + "/roles/dev", role).ok();
        SshServer.replace(trusted, fetched("public_key"));
        SshServer.replace(krl, fetched("krl"));
        Path keys = Files.createDirectories(directory.resolve(mount));
        key = keys.resolve("id");
        SshPrograms.run(keys, "ssh-keygen", List.of("-q", "-t", "ed25519", "-N", "", "-f", key.toString()));
    }

    private byte[] fetched(String path) {
        HttpResponse<byte[]> answer = root.as("")
                .exchange(
                        root.as("").request(mount + "/" + path).GET().build(), HttpResponse.BodyHandlers.ofByteArray());
        assertEquals(200, answer.statusCode());
        return answer.body();
    }

    /** Has the key signed, and lays the certificate beside it. */
    private Answer sign(Map<String, ?> more) throws IOException {
        Map<String, Object> body = new HashMap<>(more);
        body.put("public_key", Files.readString(Path.of(key + ".pub")));
        Answer answer = root.write(mount + "/sign/dev", body).ok();
        Files.writeString(Path.of(key + "-cert.pub"), answer.data("signed_key"));
        return answer;
    }

    private Programs.Result login() throws Exception {
        return server.login(key, "echo in as $(id -un)");
    }

    @Test
    void certificate_isAccepted_andLoggedWithItsSerial() throws Exception {
        Answer signed = sign(Map.of());
        Programs.Result login = login();
        assertTrue(login.isGood(), login.output());
        assertTrue(login.output().contains("in as " + USER), login.output());
        assertTrue(server.log().contains("(serial " + Long.parseLong(signed.data("serial_number"), 16) + ")"));
        assertFalse(signed.body().path("renewable").asBoolean());
    }

    @Test
    void certificate_ofAnotherPrincipal_isRefused() throws Exception {
        sign(Map.of("valid_principals", "somebody"));
        assertFalse(login().isGood());
    }

    @Test
    void certificate_thatHasExpired_isRefused() throws Exception {
        sign(Map.of("ttl", "1s"));
        Await.until(SOON, "the certificate has expired", () -> !login().isGood());
        assertTrue(server.log().contains("Certificate invalid: expired"), server.log());
    }

    @Test
    void certificate_thatWasRevoked_isRefusedAtTheNextLogin_withoutAReload() throws Exception {
        Answer first = sign(Map.of());
        assertTrue(login().isGood());
        Answer revoked = root.put("sys/leases/revoke", Map.of("lease_id", first.leaseId()));
        assertTrue(revoked.isOk(), revoked.toString());
        SshServer.replace(krl, fetched("krl"));
        assertFalse(login().isGood());
        assertTrue(server.log().contains("revoked"), server.log());
        sign(Map.of());
        assertTrue(login().isGood(), "another certificate for the same key is another certificate");
    }

    @Test
    void certificates_areRevokedByPrefix_andByTheirHolder_andStayOnTheListAfterARestart() throws Exception {
        sign(Map.of());
        broker.policy(mount, "path \"" + mount + "/*\" { capabilities = [\"create\", \"update\"] }");
        Api holder = broker.with(mount);
        String line = Files.readString(Path.of(key + ".pub"));
        Answer ofHolder =
                holder.write(mount + "/sign/dev", Map.of("public_key", line)).ok();
        root.write("auth/token/revoke", Map.of("token", holder.token())).ok();
        Path cert = Files.writeString(key.resolveSibling("holder-cert.pub"), ofHolder.data("signed_key"));
        Await.until(SOON, "the holder's certificate is on the list", () -> isRevoked(cert));
        assertFalse(isRevoked(Path.of(key + "-cert.pub")));
        root.put("sys/leases/revoke-prefix/" + mount + "/sign", Map.of()).ok();
        Await.until(SOON, "all are on the list", () -> isRevoked(Path.of(key + "-cert.pub")));
        broker.process().stop();
        broker.process().start();
        assertTrue(isRevoked(cert));
        assertTrue(isRevoked(Path.of(key + "-cert.pub")));
    }

    private boolean isRevoked(Path certificate) throws Exception {
        Path list = Files.write(key.resolveSibling("list"), fetched("krl"));
        Programs.Result asked = SshPrograms.run(
                directory.resolve(mount), "ssh-keygen", List.of("-Q", "-f", list.toString(), certificate.toString()));
        return asked.output().contains("REVOKED");
    }

    @Test
    void krl_hasATag_andIsNotSentAgain() throws Exception {
        Answer signed = sign(Map.of());
        HttpResponse<byte[]> first = root.as("")
                .exchange(root.as("").request(mount + "/krl").build(), HttpResponse.BodyHandlers.ofByteArray());
        String tag = first.headers().firstValue("etag").orElseThrow();
        assertEquals(304, withTag(tag).statusCode());
        root.put("sys/leases/revoke", Map.of("lease_id", signed.leaseId()));
        HttpResponse<byte[]> changed = withTag(tag);
        assertEquals(200, changed.statusCode());
        assertEquals(
                "application/octet-stream",
                changed.headers().firstValue("content-type").orElseThrow());
        SshServer.replace(krl, fetched("krl/signed"));
        assertFalse(login().isGood());
    }

    private HttpResponse<byte[]> withTag(String tag) {
        return root.as("")
                .exchange(
                        root.as("")
                                .request(mount + "/krl")
                                .header("If-None-Match", tag)
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void forceCommand_isObeyed() throws Exception {
        sign(Map.of("critical_options", Map.of("force-command", "echo forced")));
        Programs.Result login = login();
        assertTrue(login.isGood(), login.output());
        assertTrue(login.output().contains("forced"));
        assertFalse(login.output().contains("in as"));
    }

    @Test
    void sourceAddress_isObeyed() throws Exception {
        sign(Map.of("critical_options", Map.of("source-address", "127.0.0.0/8")));
        assertTrue(login().isGood());
        sign(Map.of("critical_options", Map.of("source-address", "192.0.2.0/24")));
        assertFalse(login().isGood());
    }

    @Test
    void hostCertificate_isAcceptedThroughCertAuthority() throws Exception {
        Path home = directory.resolve(mount).resolve("host");
        Files.createDirectories(home);
        SshPrograms.run(
                home,
                "ssh-keygen",
                List.of(
                        "-q",
                        "-t",
                        "ed25519",
                        "-N",
                        "",
                        "-f",
                        home.resolve("host_key").toString()));
        Answer signed = root.write(
                        mount + "/sign/dev",
                        Map.of(
                                "public_key", Files.readString(home.resolve("host_key.pub")),
                                "cert_type", "host",
                                "valid_principals", "web1.example"))
                .ok();
        Path certificate = Files.writeString(home.resolve("host_key-cert.pub"), signed.data("signed_key"));
        sign(Map.of());
        String ca = new String(fetched("public_key"), StandardCharsets.US_ASCII).strip();
        Path known = Files.writeString(home.resolve("known"), "@cert-authority *.example " + ca + "\n");
        try (SshServer host = SshServer.start(
                home, "TrustedUserCAKeys " + trusted, "RevokedKeys " + krl, "HostCertificate " + certificate)) {
            Programs.Result login = host.login(key, known, "web1.example", "echo in");
            assertTrue(login.isGood(), login.output());
            assertFalse(host.login(key, known, "web2.example", "echo in").isGood());
        }
    }

    @Test
    void issue_givesAKeyThatLogsIn() throws Exception {
        List<Map<String, Object>> kinds = List.of(Map.of(), Map.of("key_type", "ecdsa", "key_bits", 521));
        for (Map<String, Object> wanted : kinds) {
            Answer issued = root.write(mount + "/issue/dev", wanted).ok();
            Path file = key.resolveSibling("issued-" + wanted.size());
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, issued.data("private_key"));
            Files.writeString(Path.of(file + "-cert.pub"), issued.data("signed_key"));
            Programs.Result login = server.login(file, "echo in");
            assertTrue(login.isGood(), login.output());
            Files.delete(file);
        }
    }

    @Test
    void ca_isRotatedWithoutAnOutage() throws Exception {
        sign(Map.of());
        root.write(mount + "/config/ca/next", Map.of("key_type", "ecdsa", "key_bits", 384))
                .ok();
        Path before = key.resolveSibling("before");
        Files.copy(key, before);
        Files.copy(Path.of(key + "-cert.pub"), Path.of(before + "-cert.pub"));
        SshServer.replace(trusted, fetched("public_key"));
        assertEquals(2, Files.readAllLines(trusted).size());
        assertTrue(login().isGood());
        Answer rotated = root.write(mount + "/config/ca/rotate", Map.of()).ok();
        assertEquals("active", rotated.data().path("keys").get(0).path("state").asText());
        assertTrue(rotated.data("public_key").startsWith("ecdsa-sha2-nistp384"));
        Answer ofNew = sign(Map.of());
        assertTrue(login().isGood());
        assertTrue(server.login(before, "true").isGood(), "what the former key signed is valid to its end");
        String former = rotated.data().path("keys").get(1).path("name").asText();
        root.write(mount + "/config/ca/retire", Map.of("name", former)).ok();
        SshServer.replace(trusted, fetched("public_key"));
        assertFalse(server.login(before, "true").isGood());
        root.put("sys/leases/revoke", Map.of("lease_id", ofNew.leaseId()));
        SshServer.replace(krl, fetched("krl"));
        assertFalse(login().isGood());
    }

    @Test
    void ca_thatIsImported_signs() throws Exception {
        String imported = "imported" + mount;
        root.write("sys/mounts/" + imported, Map.of("type", "ssh")).ok();
        Path file = key.resolveSibling("ca");
        SshPrograms.run(
                directory.resolve(mount),
                "ssh-keygen",
                List.of("-q", "-t", "rsa", "-b", "3072", "-N", "a passphrase", "-f", file.toString()));
        String text = Files.readString(file);
        Map<String, ?> body = Map.of("private_key", text, "public_key", Files.readString(Path.of(file + ".pub")));
        Answer refused = root.write(imported + "/config/ca", body);
        assertEquals(400, refused.status());
        assertTrue(refused.errors().contains("passphrase"), refused.toString());
        Map<String, Object> complete = new HashMap<>(body);
        complete.put("passphrase", "a passphrase");
        root.write(imported + "/config/ca", complete).ok();
        assertFalse(root.read(imported + "/config/ca").ok().body().toString().contains("PRIVATE"));
        root.write(
                        imported + "/roles/dev",
                        Map.of("key_type", "ca", "allow_user_certificates", true, "default_user", USER))
                .ok();
        mount = imported;
        SshServer.replace(trusted, fetched("public_key"));
        SshServer.replace(krl, fetched("krl"));
        sign(Map.of());
        assertTrue(login().isGood());
        Files.delete(file);
    }

    @Test
    void oneTimePassword_isRightOnce() {
        root.write(
                        mount + "/roles/pam",
                        Map.of(
                                "key_type",
                                "otp",
                                "default_user",
                                USER,
                                "cidr_list",
                                "10.0.0.0/8",
                                "exclude_cidr_list",
                                "10.9.0.0/16"))
                .ok();
        assertEquals(
                400, root.write(mount + "/creds/pam", Map.of("ip", "192.0.2.1")).status());
        assertEquals(
                400, root.write(mount + "/creds/pam", Map.of("ip", "10.9.0.1")).status());
        assertEquals(
                400,
                root.write(mount + "/creds/pam", Map.of("ip", "10.0.0.1", "username", "other"))
                        .status());
        Answer given =
                root.write(mount + "/creds/pam", Map.of("ip", "10.0.0.1")).ok();
        broker.secrets().add(given.data("key"));
        assertEquals("otp", given.data("key_type"));
        assertEquals(USER, given.data("username"));
        Api stranger = root.as("");
        Answer verified = stranger.write(mount + "/verify", Map.of("otp", given.data("key")))
                .ok();
        assertEquals("10.0.0.1", verified.data("ip"));
        assertEquals(USER, verified.data("username"));
        assertEquals("pam", verified.data("role_name"));
        Answer again = stranger.write(mount + "/verify", Map.of("otp", given.data("key")));
        assertEquals(400, again.status());
        assertEquals(
                "pam",
                root.write(mount + "/lookup", Map.of("ip", "10.1.1.1"))
                        .ok()
                        .data()
                        .path("roles")
                        .get(0)
                        .asText());
        Answer other =
                root.write(mount + "/creds/pam", Map.of("ip", "10.0.0.1")).ok();
        root.put("sys/leases/revoke", Map.of("lease_id", other.leaseId()));
        assertEquals(
                400,
                stranger.write(mount + "/verify", Map.of("otp", other.data("key")))
                        .status());
        root.write(mount + "/config/zeroaddress", Map.of("roles", "pam")).ok();
        root.write(mount + "/creds/pam", Map.of("ip", "192.0.2.1")).ok();
    }
}
