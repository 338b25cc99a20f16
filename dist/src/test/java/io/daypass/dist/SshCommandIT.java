package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.Await;
import io.daypass.embedded.SshServer;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpResponse;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code daypass ssh} and what belongs to it, by the launcher, against a whole broker and a stock sshd. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SshCommandIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int AT_ONCE = 100;
    /** The launcher answers within that by itself; with a JVM it would take several times as long. */
    private static final Duration NO_JVM = Duration.ofMillis(50);

    @TempDir
    private static Path directory = Path.of("/");

    private static int homes;

    private RunningBroker broker;
    private SshServer server;
    private Path krl;
    private Path known;
    private Path home;
    private Path runtime;
    private Map<String, String> environment;

    @BeforeAll
    void start() throws Exception {
        SshPrograms.find("sshd");
        broker = RunningBroker.start(directory.resolve("broker"), config -> config);
        Api root = broker.root();
        root.write("sys/mounts/ssh", Map.of("type", "ssh")).ok();
        root.write("ssh/config/ca", Map.of()).ok();
        root.write(
                        "ssh/roles/dev",
                        Map.of(
                                "key_type", "ca",
                                "allow_user_certificates", true,
                                "default_user", SshServer.user(),
                                "allowed_users", "somebody",
                                "ttl", "1h"))
                .ok();
        krl = Files.write(directory.resolve("revoked_keys"), fetched("krl"));
        Path trusted = Files.write(directory.resolve("trusted_keys"), fetched("public_key"));
        server = SshServer.start(directory.resolve("sshd"), "TrustedUserCAKeys " + trusted, "RevokedKeys " + krl);
        known = Files.writeString(
                directory.resolve("known_hosts"), "[127.0.0.1]:" + server.port() + " " + server.hostKey() + "\n");
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
    void home() throws IOException {
        home = Files.createDirectory(directory.resolve("home " + ++homes));
        runtime = Files.createDirectory(home.resolve("run"));
        environment = new HashMap<>(Map.of(
                "HOME", home.toString(),
                "PATH", System.getenv("PATH"),
                "LC_ALL", "C.UTF-8",
                "XDG_RUNTIME_DIR", runtime.toString(),
                "DAYPASS_JAVA_HOME", System.getProperty("java.home"),
                "DAYPASS_ADDR", broker.config().address().toString(),
                "DAYPASS_TOKEN", broker.root().token()));
    }

    private byte[] fetched(String path) {
        Api anybody = broker.root().as("");
        HttpResponse<byte[]> answer =
                anybody.exchange(anybody.request("ssh/" + path).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertEquals(200, answer.statusCode());
        return answer.body();
    }

    private static String launcher() {
        return Assembly.installation().home().resolve("bin/daypass").toString();
    }

    private Process begin(List<String> command, Path out, Path err) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    private Said run(String... command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "out", ".txt");
        Path err = Files.createTempFile(directory, "err", ".txt");
        Process process = begin(List.of(command), out, err);
        assertTrue(process.waitFor(90, TimeUnit.SECONDS), "it doesn't end");
        return new Said(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private Said daypass(String... arguments) throws IOException, InterruptedException {
        return run(Stream.concat(Stream.of(launcher()), Stream.of(arguments)).toArray(String[]::new));
    }

    /** Logs in by {@code daypass ssh}. */
    private Said login(String destination, String command) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("ssh", "-r", "dev", destination, "--", "-F", "none"));
        arguments.addAll(connection());
        arguments.add(command);
        return daypass(arguments.toArray(String[]::new));
    }

    private List<String> connection() {
        return List.of(
                "-p",
                String.valueOf(server.port()),
                "-o",
                "BatchMode=yes",
                "-o",
                "GlobalKnownHostsFile=/dev/null",
                "-o",
                "UserKnownHostsFile=\"" + known + "\"");
    }

    private static List<String> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void ssh_withoutAnAgent_logsInByAFileOfItsOwn_andHandsTheStatusBack() throws Exception {
        Said said = login("127.0.0.1", "id -un; ls -lR '" + runtime + "'; exit 37");
        assertEquals(37, said.code(), said.toString());
        assertTrue(said.out().startsWith(SshServer.user() + "\n"), said.toString());
        assertTrue(said.out().matches("(?s).*-rw------- .* id\n.*"), said.toString());
        assertEquals(List.of(), in(runtime), "all is gone with it");
        assertEquals(0, login(SshServer.user() + "@127.0.0.1", "true").code());
    }

    @Test
    void ssh_withAnAgent_leavesThePrivateKeyToIt() throws Exception {
        Path socket = home.resolve("agent");
        Process agent = new ProcessBuilder(SshPrograms.find("ssh-agent"), "-D", "-a", socket.toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("agent.log").toFile())
                .start();
        try {
            Await.until(SOON, "the agent listens", () -> Files.exists(socket));
            environment.put("SSH_AUTH_SOCK", socket.toString());
            String listing = "SSH_AUTH_SOCK='" + socket + "' ssh-add -l; ls -R '" + runtime + "'";
            Said said = login("127.0.0.1", listing);
            assertEquals(0, said.code(), said.toString());
            assertTrue(said.out().contains("(ED25519-CERT)"), said.toString());
            assertTrue(said.out().contains("id-cert.pub\n"), said.toString());
            assertFalse(said.out().contains("id\n"), said.toString());
            assertTrue(run("ssh-add", "-l").out().contains("no identities"));
            assertEquals(List.of(), in(runtime));
        } finally {
            agent.destroy();
            agent.waitFor();
        }
        Said dead = login("127.0.0.1", "true");
        assertEquals(0, dead.code(), dead.toString());
        assertTrue(dead.err().contains("doesn't take the key"), dead.toString());
    }

    @Test
    void ssh_withAnAgentThatIsMute_givesItUp_andLogsInByAFile() throws Exception {
        Path socket = home.resolve("mute");
        try (ServerSocketChannel mute = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            mute.bind(UnixDomainSocketAddress.of(socket));
            environment.put("SSH_AUTH_SOCK", socket.toString());
            Said said = login("127.0.0.1", "ls -lR '" + runtime + "'");
            assertEquals(0, said.code(), said.toString());
            assertTrue(said.err().contains("doesn't take the key (it is silent)"), said.toString());
            assertTrue(said.out().matches("(?s).*-rw------- .* id\n.*"), said.toString());
            try (SocketChannel asked = mute.accept()) {
                assertTrue(asked.isConnected(), "it was asked, and has never answered");
            }
        }
        assertEquals(List.of(), in(runtime), "all is gone with it");
    }

    @Test
    void ssh_whereNothingCanBeWritten_stillLogsIn_orSaysWhyNot() throws Exception {
        environment.put("HOME", "/proc/nowhere");
        Said said = login("127.0.0.1", "true");
        assertEquals(0, said.code(), said.toString());
        assertTrue(said.err().contains("daypass ssh ls won't show"), said.toString());
        environment.put("XDG_RUNTIME_DIR", "/proc/nowhere");
        environment.put("TMPDIR", "/proc/nowhere");
        Said nowhere = login("127.0.0.1", "true");
        assertEquals(1, nowhere.code(), nowhere.toString());
        assertTrue(nowhere.err().contains("the key has no place"), nowhere.toString());
    }

    @Test
    void ssh_asWhoeverTheRoleDoesNotAllow_isTheBrokersToRefuse() throws Exception {
        Said said = login("nobody-else@127.0.0.1", "true");
        assertEquals(2, said.code(), said.toString());
        assertTrue(said.err().contains("valid_principals"), said.toString());
    }

    @Test
    void cert_writesTheCertificateAlone_andItIsListedAndRevoked() throws Exception {
        Path key = home.resolve("id_ed25519");
        SshPrograms.run(home, "ssh-keygen", List.of("-q", "-t", "ed25519", "-N", "", "-f", key.toString()));
        List<String> before = in(home);
        Said signed = daypass("ssh", "cert", "-r", "dev", "-i", key + ".pub");
        assertEquals(0, signed.code(), signed.toString());
        List<String> after = new ArrayList<>(in(home));
        after.removeAll(before);
        assertEquals(List.of(".local", "id_ed25519-cert.pub"), after);
        assertEquals(
                "rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(key + "-cert.pub"))));
        assertTrue(server.login(key, "true").isGood());
        Said listed = daypass("ssh", "ls");
        assertTrue(
                listed.out().matches("(?s).*\\d+ +" + SshServer.user() + " +ssh/dev +valid +(1h|59m).*"), listed.out());
        String serial = listed.out().lines().skip(1).findFirst().orElseThrow().split(" ", 2)[0];
        Said revoked = daypass("ssh", "revoke", serial);
        assertEquals(0, revoked.code(), revoked.toString());
        SshServer.replace(krl, fetched("krl"));
        assertFalse(server.login(key, "true").isGood());
        assertEquals(1, daypass("ssh", "ls").out().lines().count());
        assertEquals(4, daypass("ssh", "revoke", serial).code());
        Said ofPrivate = daypass("ssh", "cert", "-r", "dev", "-i", "/etc/passwd");
        assertEquals(1, ofPrivate.code(), ofPrivate.toString());
    }

    @Test
    void setup_makesPlainSshUseCertificates_andUndoLeavesNoTrace() throws Exception {
        Path config = Files.createDirectory(home.resolve(".ssh")).resolve("config");
        byte[] before =
                "Host *\r\n  ServerAliveInterval 7\n# caf\u00e9 without an end".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(config, before);
        assertEquals(
                0,
                daypass("ssh", "setup", "-r", "dev", "127.0.0.1", "*.example").code());
        Said again = daypass("ssh", "setup", "127.0.0.1", "*.example");
        assertEquals(0, again.code(), again.toString());
        assertEquals(
                1,
                Files.readString(config, StandardCharsets.ISO_8859_1)
                        .lines()
                        .filter(line -> line.startsWith("Include"))
                        .count());
        assertEquals(0, plain(config, "true").code(), "plain ssh logs in");

        Path fresh = home.resolve(".config/daypass/ssh/fresh");
        environment.put("DAYPASS_JAVA_HOME", "/nonexistent");
        assertEquals(0, plain(config, "true").code(), "no JVM is needed while it is valid");
        Duration answer = quickest("ssh", "fresh");
        assertTrue(answer.compareTo(NO_JVM) < 0, answer::toString);
        Files.writeString(fresh, "1 1\n");
        Said other = run("ssh", "-T", "-G", "-F", config.toString(), "other.test");
        assertEquals("", other.err(), "other hosts ask for nothing");
        assertTrue(run("ssh", "-G", "-F", config.toString(), "a.example").err().contains("no JDK"));

        environment.put("DAYPASS_JAVA_HOME", System.getProperty("java.home"));
        int signed = in(home.resolve(".local/state/daypass/ssh")).size();
        assertEquals(AT_ONCE, atOnce(0));
        assertEquals(signed + 1, in(home.resolve(".local/state/daypass/ssh")).size(), "one has signed for all");
        assertEquals(0, plain(config, "true").code());

        assertEquals(0, daypass("ssh", "setup", "--undo").code());
        assertArrayEquals(before, Files.readAllBytes(config));
        assertFalse(Files.exists(home.resolve(".config/daypass/ssh")));
    }

    @Test
    void setup_whereThereIsNoSshFolder_isUndoneToNone_andABrokerThatIsAwayIsSaidOnce() throws Exception {
        assertEquals(0, daypass("ssh", "setup", "-r", "dev", "127.0.0.1").code());
        Path config = home.resolve(".ssh/config");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(config)));
        Files.writeString(home.resolve(".config/daypass/ssh/fresh"), "1 1\n");
        environment.put("DAYPASS_ADDR", "http://127.0.0.1:" + BrokerProcess.freePort());
        assertEquals(AT_ONCE, atOnce(1) + atOnceFailedByItself);
        assertTrue(atOnceFailedByItself < AT_ONCE / 4, "most fail with the one that asked: " + atOnceFailedByItself);
        Files.delete(home.resolve(".config/daypass/ssh/failed"));
        Said login = plain(config, "true");
        assertEquals(255, login.code(), "ssh goes on without");
        assertTrue(login.err().contains("can't be reached"), login.toString());
        assertEquals(0, daypass("ssh", "setup", "--undo").code());
        assertFalse(Files.exists(home.resolve(".ssh")));
    }

    @Test
    void krlSync_writesTheListWholeOrNotAtAll() throws Exception {
        environment.remove("DAYPASS_TOKEN");
        Path list = home.resolve("krl");
        Said first = daypass("ssh", "krl-sync", list.toString());
        assertEquals(0, first.code(), first.toString());
        assertArrayEquals(fetched("krl"), Files.readAllBytes(list));
        assertTrue(daypass("ssh", "krl-sync", list.toString()).err().contains("is up to date"));
        Files.writeString(list, "broken");
        Said mended = daypass("ssh", "krl-sync", list.toString());
        assertEquals(0, mended.code(), mended.toString());
        assertArrayEquals(fetched("krl"), Files.readAllBytes(list));
        assertEquals(
                3,
                daypass("ssh", "krl-sync", "--mount", "nowhere", list.toString())
                        .code());
        environment.put("DAYPASS_ADDR", "http://127.0.0.1:" + BrokerProcess.freePort());
        Said away = daypass("ssh", "krl-sync", list.toString());
        assertEquals(5, away.code(), away.toString());
        assertTrue(away.err().contains("is kept as it was"), away.toString());
        assertArrayEquals(fetched("krl"), Files.readAllBytes(list));
        assertEquals(
                5, daypass("ssh", "krl-sync", home.resolve("none").toString()).code());
        assertFalse(Files.exists(home.resolve("none")));
        assertEquals(List.of("krl", "krl.etag", "run"), in(home));
    }

    /** Of some runs, since others use the machine too. */
    private Duration quickest(String... arguments) throws IOException, InterruptedException {
        Duration quickest = SOON;
        for (int i = 0; i < 5; i++) {
            long began = System.nanoTime();
            assertEquals(0, daypass(arguments).code());
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            quickest = took.compareTo(quickest) < 0 ? took : quickest;
        }
        return quickest;
    }

    private int atOnceFailedByItself;

    /** Asks at once as often as 100 connections do, and counts those that end so. */
    private int atOnce(int expected) throws IOException, InterruptedException {
        List<Process> asking = new ArrayList<>();
        Path out = Files.createTempFile(directory, "many", ".txt");
        for (int i = 0; i < AT_ONCE; i++) {
            asking.add(begin(List.of(launcher(), "ssh", "fresh"), out, out));
        }
        int count = 0;
        atOnceFailedByItself = 0;
        for (Process one : asking) {
            assertTrue(one.waitFor(120, TimeUnit.SECONDS), "it doesn't end");
            if (one.exitValue() == expected) {
                count++;
            } else {
                atOnceFailedByItself++;
            }
        }
        return count;
    }

    private Said plain(Path config, String command) throws IOException, InterruptedException {
        List<String> ssh = new ArrayList<>(List.of("ssh", "-F", config.toString()));
        ssh.addAll(connection());
        ssh.addAll(List.of("127.0.0.1", command));
        return run(ssh.toArray(String[]::new));
    }

    private record Said(int code, String out, String err) {}
}
