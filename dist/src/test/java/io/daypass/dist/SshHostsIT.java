package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.SshServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which hosts leased lines of authorized_keys are put on, and how they are logged in to. */
final class SshHostsIT extends HostWithoutCa {
    private static final DateTimeFormatter EXPIRY =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    @Test
    void line_logsIn_untilItIsRevoked_andNoOtherByteChanges() throws Exception {
        assertFalse(logsIn());
        Answer lease = authorize(Map.of()).ok();
        assertTrue(logsIn(), server.log());
        assertEquals(SshServer.user(), lease.data("username"));
        assertTrue(Files.readString(file).contains("restrict,expiry-time="), "as it should be written");
        root.put("sys/leases/revoke", Map.of("lease_id", lease.leaseId())).ok();
        assertFalse(logsIn());
        assertEquals("# of somebody else", Files.readString(file).strip());
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void host_withLiveLeases_isNotMoved() throws Exception {
        Answer lease = authorize(Map.of()).ok();
        Path other = directory.resolve("other_keys");
        Files.writeString(other, "# other\n");
        for (Map<String, ?> moved : List.of(
                Map.of("authorized_keys", other.toString()),
                Map.of("address", "localhost"),
                Map.of("port", server.port() + 1),
                Map.of("username", "somebody"))) {
            Answer answer = root.write(mount + "/hosts/web", host(moved));
            assertEquals(400, answer.status(), answer.toString());
            assertTrue(answer.errors().contains("1 leases live there"), answer.toString());
        }
        assertEquals(400, root.delete(mount + "/hosts/web").status());
        root.write(mount + "/hosts/web", host(Map.of())).ok();
        root.put("sys/leases/revoke", Map.of("lease_id", lease.leaseId(), "sync", true))
                .ok();
        assertFalse(logsIn());
        root.write(mount + "/hosts/web", host(Map.of("authorized_keys", other.toString())))
                .ok();
    }

    @Test
    void login_thatMayUseSftpAlone_isRefusedAsTheHostIsWritten_unlessItSaysSo() throws Exception {
        try (SshServer sftp = sftpAlone()) {
            Map<String, Object> where = Map.of("port", sftp.port(), "host_key", sftp.hostKey());
            Answer refused = root.write(mount + "/hosts/sftp", host(where));
            assertEquals(400, refused.status(), refused.toString());
            assertTrue(refused.errors().contains("username: this login runs no commands"), refused.toString());
            Map<String, Object> said = new HashMap<>(where);
            said.put("sftp", true);
            said.put("end_command", "true");
            Answer both = root.write(mount + "/hosts/sftp", host(said));
            assertEquals(400, both.status(), both.toString());
            assertTrue(both.errors().contains("end_command: "), both.toString());
            said.remove("end_command");
            Answer written = root.write(mount + "/hosts/sftp", host(said)).ok();
            assertTrue(written.warnings().isEmpty(), written.warnings());
        }
    }

    private static SshServer sftpAlone() throws Exception {
        return SshServer.start(
                directory.resolve("sftp"),
                "Subsystem sftp internal-sftp",
                "ForceCommand internal-sftp -d " + directory,
                "AuthorizedKeysFile " + directory.resolve("own_keys"));
    }

    @Test
    void line_bySftp_logsIn_untilItIsRevoked_andNoOtherByteChanges() throws Exception {
        try (SshServer sftp = sftpAlone()) {
            root.write(
                            mount + "/hosts/web",
                            host(Map.of("port", sftp.port(), "host_key", sftp.hostKey(), "sftp", true)))
                    .ok();
            Answer lease = authorize(Map.of()).ok();
            assertTrue(logsIn(), server.log());
            String line = lines().filter(each -> each.startsWith("restrict"))
                    .findFirst()
                    .orElseThrow();
            String end = line.replaceAll(".*expiry-time=\"([^\"]*)\".*", "$1");
            assertTrue(Instant.from(EXPIRY.parse(end)).isAfter(Instant.now().plusSeconds(1_800)), line);
            Answer unset = root.write(mount + "/hosts/web", Map.of("sftp", false));
            assertEquals(400, unset.status(), unset.toString());
            assertTrue(unset.errors().contains("sftp: 1 leases live there"), unset.toString());
            root.put("sys/leases/revoke", Map.of("lease_id", lease.leaseId(), "sync", true))
                    .ok();
            assertFalse(logsIn());
            assertEquals(
                    List.of("# of somebody else"),
                    lines().filter(each -> !each.matches("#? *")).toList());
            assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
    }

    private Stream<String> lines() throws IOException {
        return Files.readAllLines(file).stream();
    }

    @Test
    void login_whoseStartUpFilesTalk_isUnderstood() throws Exception {
        Path home = directory.resolve("talks");
        Path talk = Files.writeString(
                Files.createDirectories(home).resolve("talk"),
                "yes 'status=0 begin=' | head -n 2000\neval \"$SSH_ORIGINAL_COMMAND\"\n");
        try (SshServer talks = SshServer.start(
                home, "ForceCommand sh " + talk, "AuthorizedKeysFile " + file + " " + directory.resolve("own_keys"))) {
            Map<String, Object> host = host(Map.of("port", talks.port(), "host_key", talks.hostKey()));
            Answer written = root.write(mount + "/hosts/web", host).ok();
            assertTrue(written.warnings().isEmpty(), written.warnings());
            Answer lease = authorize(Map.of()).ok();
            assertTrue(Files.readString(file).contains("restrict,"), "it is there");
            root.put("sys/leases/revoke", Map.of("lease_id", lease.leaseId(), "sync", true))
                    .ok();
            assertEquals("# of somebody else", Files.readString(file).strip());
        }
    }

    @Test
    void host_withAnotherKey_isNeverTrusted() throws Exception {
        String other = Files.readString(Path.of(key + ".pub"));
        Answer written = root.write(mount + "/hosts/web", host(Map.of("host_key", other)))
                .ok();
        assertTrue(written.warnings().contains("can't be logged in to"), written.warnings());
        Answer refused = authorize(Map.of());
        assertEquals(502, refused.status(), refused.toString());
        assertEquals("# of somebody else\n", Files.readString(file));
        assertFalse(root.read(mount + "/hosts/web").ok().body().toString().contains("PRIVATE"));
        root.write(mount + "/hosts/web", host(Map.of())).ok();
    }

    @Test
    void host_isKnownByItsCertificate() throws Exception {
        root.write(mount + "/config/ca", Map.of()).ok();
        root.write(
                        mount + "/roles/hosts",
                        Map.of("key_type", "ca", "allow_host_certificates", true, "allowed_domains", "*"))
                .ok();
        Path home = Files.createDirectories(directory.resolve("certified"));
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
                        mount + "/sign/hosts",
                        Map.of(
                                "public_key",
                                Files.readString(home.resolve("host_key.pub")),
                                "cert_type",
                                "host",
                                "valid_principals",
                                "127.0.0.1"))
                .ok();
        Path certificate = Files.writeString(home.resolve("host_key-cert.pub"), signed.data("signed_key"));
        String ca = root.read(mount + "/config/ca").ok().data("public_key");
        try (SshServer certified = SshServer.start(
                home,
                "HostCertificate " + certificate,
                "AuthorizedKeysFile " + file + " " + directory.resolve("own_keys"))) {
            Map<String, Object> host = host(Map.of("host_ca", ca, "host_key", "", "port", certified.port()));
            Answer written = root.write(mount + "/hosts/web", host).ok();
            assertTrue(written.warnings().isEmpty(), written.warnings());
            Answer lease = authorize(Map.of()).ok();
            assertTrue(certified.login(key, "true").isGood());
            root.put("sys/leases/revoke", Map.of("lease_id", lease.leaseId())).ok();
        }
    }

    @Test
    void host_withBadFields_isRefusedByName() throws Exception {
        String bytes = new String(new byte[] {'a', '\n', 'b'}, StandardCharsets.US_ASCII);
        Map<String, Map<String, ?>> bad = Map.of(
                "host_key", Map.of("host_key", ""),
                "username", Map.of("username", "-oProxyCommand=x"),
                "authorized_keys", Map.of("authorized_keys", bytes),
                "private_key", Map.of("private_key", "AAAA"),
                "address", Map.of("address", "a b"));
        for (Map.Entry<String, Map<String, ?>> each : bad.entrySet()) {
            Answer answer = root.write(mount + "/hosts/bad", host(each.getValue()));
            assertEquals(400, answer.status(), answer.toString());
            assertTrue(answer.errors().contains(each.getKey()), answer.toString());
        }
    }
}
