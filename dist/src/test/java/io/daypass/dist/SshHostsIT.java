package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Leased lines in the authorized_keys of a real sshd. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SshHostsIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private static Path directory = Path.of("/");

    private static int mounts;

    private RunningBroker broker;
    private SshServer server;
    private Api root;
    private String mount;
    private Path file;
    private Path brokerKey;
    private Path key;

    @BeforeAll
    void start() throws Exception {
        SshPrograms.find("sshd");
        SshPrograms.find("flock");
        broker = RunningBroker.start(directory.resolve("broker"), config -> config);
        root = broker.root();
        file = directory.resolve("authorized_keys");
        brokerKey = generate("broker_key");
        key = generate("id");
        server = SshServer.start(
                directory.resolve("sshd"), "AuthorizedKeysFile " + file + " " + directory.resolve("own_keys"));
        Files.copy(Path.of(brokerKey + ".pub"), directory.resolve("own_keys"));
    }

    private static Path generate(String name) throws Exception {
        Path made = directory.resolve(name);
        SshPrograms.run(directory, "ssh-keygen", List.of("-q", "-t", "ed25519", "-N", "", "-f", made.toString()));
        return made;
    }

    @AfterAll
    void end() throws IOException {
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
        Files.deleteIfExists(file);
        lines("# of somebody else\n");
        Answer written = root.write(mount + "/hosts/web", host(Map.of()));
        assertTrue(written.isOk() && written.warnings().isEmpty(), written + written.warnings());
        root.write(
                        mount + "/roles/hands",
                        Map.of(
                                "key_type",
                                "authorized_keys",
                                "hosts",
                                "web",
                                "default_extensions",
                                Map.of("permit-pty", "")))
                .ok();
    }

    private Map<String, Object> host(Map<String, ?> other) throws IOException {
        Map<String, Object> host = new HashMap<>(Map.of(
                "address", "127.0.0.1",
                "port", server.port(),
                "username", SshServer.user(),
                "private_key", Files.readString(brokerKey),
                "host_key", server.hostKey(),
                "authorized_keys", file.toString()));
        host.putAll(other);
        return host;
    }

    private void lines(String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    }

    private Answer authorize(Map<String, ?> more) throws IOException {
        Map<String, Object> body =
                new HashMap<>(Map.of("host", "web", "public_key", Files.readString(Path.of(key + ".pub"))));
        body.putAll(more);
        return root.write(mount + "/authorize/hands", body);
    }

    private boolean logsIn() throws Exception {
        return server.login(key, "true").isGood();
    }

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
    void line_endsByItself_whereTheBrokerIsGone() throws Exception {
        authorize(Map.of("ttl", "2s")).ok();
        broker.process().stop();
        Await.until(SOON, "sshd refuses it", () -> !logsIn());
        broker.process().start();
        Await.until(
                SOON,
                "the broker takes it away",
                () -> Files.readString(file).strip().equals("# of somebody else"));
    }

    @Test
    void file_withOtherLineEnds_orNoneAtItsEnd_isKept() throws Exception {
        for (String others : List.of("# one\r\n# two\r\n", "# no end", "", "# two\n\n\n", "# grün \u00e9\n")) {
            lines(others);
            Answer lease = authorize(Map.of()).ok();
            assertTrue(logsIn(), others);
            root.put("sys/leases/revoke", Map.of("lease_id", lease.leaseId())).ok();
            assertFalse(logsIn());
            String left = Files.readString(file);
            assertTrue(left.startsWith(others), left);
            assertTrue(left.substring(others.length()).isBlank(), left);
        }
    }

    @Test
    void line_whoseFileWasRewrittenWithOtherLineEnds_isTakenAway() throws Exception {
        Answer lease = authorize(Map.of()).ok();
        lines(Files.readString(file).replace("\n", "\r\n"));
        root.put("sys/leases/revoke", Map.of("lease_id", lease.leaseId())).ok();
        assertEquals("# of somebody else", Files.readString(file).strip());
    }

    @Test
    void file_thatIsALink_orMissing_isRefused_andNothingIsMade() throws Exception {
        Path real = directory.resolve("real");
        Files.writeString(real, "# real\n");
        Files.delete(file);
        Answer missing = authorize(Map.of());
        assertEquals(400, missing.status(), missing.toString());
        assertTrue(missing.errors().contains("no such authorized_keys"), missing.toString());
        assertFalse(Files.exists(file));
        Files.createSymbolicLink(file, real);
        Answer link = authorize(Map.of());
        assertEquals(400, link.status(), link.toString());
        assertTrue(link.errors().contains("is a link"), link.toString());
        assertEquals("# real\n", Files.readString(real));
        Files.delete(file);
    }

    @Test
    void file_thatOthersAppendTo_losesNothing() throws Exception {
        List<CompletableFuture<Answer>> leases = new ArrayList<>();
        StringBuilder expected = new StringBuilder("# of somebody else\n");
        for (int i = 0; i < 12; i++) {
            leases.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return authorize(Map.of()).ok();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
            String line = "# other " + i + "\n";
            Files.writeString(file, line, StandardOpenOption.APPEND);
            expected.append(line);
        }
        List<Answer> answers = leases.stream().map(CompletableFuture::join).toList();
        assertTrue(logsIn());
        for (int i = 0; i < answers.size(); i++) {
            String line = "# later " + i + "\n";
            Files.writeString(file, line, StandardOpenOption.APPEND);
            expected.append(line);
            root.put("sys/leases/revoke", Map.of("lease_id", answers.get(i).leaseId()))
                    .ok();
        }
        assertFalse(logsIn());
        List<String> left = Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank())
                .toList();
        assertEquals(List.of(expected.toString().split("\n", -1)).subList(0, left.size()), left);
        assertEquals(25, left.size());
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
