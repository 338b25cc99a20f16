package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.SshServer;
import java.io.IOException;
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
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A real sshd without a CA, its authorized_keys, and a broker that puts leased lines there; a fresh mount for each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HostWithoutCa {
    static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    static Path directory = Path.of("/");

    private static int mounts;

    RunningBroker broker;
    SshServer server;
    Api root;
    String mount;
    Path file;
    Path brokerKey;
    Path key;

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

    Map<String, Object> host(Map<String, ?> other) throws IOException {
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

    void lines(String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    }

    Answer authorize(Map<String, ?> more) throws IOException {
        Map<String, Object> body =
                new HashMap<>(Map.of("host", "web", "public_key", Files.readString(Path.of(key + ".pub"))));
        body.putAll(more);
        return root.write(mount + "/authorize/hands", body);
    }

    boolean logsIn() throws Exception {
        return server.login(key, "true").isGood();
    }
}
