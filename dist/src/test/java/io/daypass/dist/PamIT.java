package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.daypass.embedded.Programs;
import io.daypass.embedded.SshServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * One-time passwords through a real sshd and its PAM, which asks {@code daypass ssh pam-verify}. PAM's service has the name of
 * the program, so sshd runs under a name of its own here, and the machine's own service stays as it is.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PamIT {
    private static final String USER = SshServer.user();
    private static final String HERE = "127.0.0.1";
    private static final Path SERVICES = Path.of("/etc/pam.d");
    private static final Pattern OURS = Pattern.compile("daypass-test-([0-9]{1,9})");

    @TempDir
    private static Path directory = Path.of("/");

    private RunningBroker broker;
    private Api root;
    private SshServer server;
    private Path service;
    private Path log;

    @BeforeAll
    void start() throws Exception {
        String sshd = SshPrograms.find("sshd");
        assumeTrue(USER.equals("root") && Files.isWritable(SERVICES), "only root can give PAM another service");
        clearOfTheDead();
        needs(hasModule(), "there is no pam_exec.so here");
        broker = RunningBroker.start(directory.resolve("broker"), config -> config);
        root = broker.root();
        root.write("sys/mounts/ssh", Map.of("type", "ssh")).ok();
        root.write(
                        "ssh/roles/pam",
                        Map.of(
                                "key_type",
                                "otp",
                                "default_user",
                                USER,
                                "allowed_users",
                                "other",
                                "cidr_list",
                                "127.0.0.0/8"))
                .ok();
        log = directory.resolve("pam.log");
        String name = "daypass-test-" + ProcessHandle.current().pid();
        service = SERVICES.resolve(name);
        Files.writeString(
                service,
                String.join(
                        "\n",
                        "auth requisite pam_exec.so quiet expose_authtok log=" + log + " "
                                + Assembly.installation().home().resolve("bin/daypass") + " ssh pam-verify --address "
                                + broker.config().address() + " --ip " + HERE,
                        "auth required pam_permit.so",
                        "account required pam_permit.so",
                        "session required pam_permit.so",
                        ""));
        Path program = Files.createSymbolicLink(directory.resolve(name), Path.of(sshd));
        server = SshServer.ofPam(directory.resolve("sshd"), program);
    }

    /** Those of earlier runs that were killed. */
    private static void clearOfTheDead() throws IOException {
        try (Stream<Path> services = Files.list(SERVICES)) {
            for (Path left : services.filter(PamIT::isOfTheDead).toList()) {
                Files.delete(left);
            }
        }
    }

    private static boolean isOfTheDead(Path file) {
        Matcher ours = OURS.matcher(file.getFileName().toString());
        return ours.matches() && ProcessHandle.of(Long.parseLong(ours.group(1))).isEmpty();
    }

    @AfterAll
    void end() throws Exception {
        if (service != null) {
            Files.deleteIfExists(service);
        }
        if (server != null) {
            server.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    private static void needs(boolean met, String otherwise) {
        assertFalse(!met && "true".equals(System.getenv("CI")), otherwise);
        assumeTrue(met, otherwise);
    }

    private static boolean hasModule() throws IOException {
        try (Stream<Path> found = Files.find(
                Path.of("/usr/lib"), 4, (path, facts) -> path.endsWith(Path.of("security", "pam_exec.so")))) {
            return found.findAny().isPresent();
        }
    }

    private String password(Map<String, ?> wanted) {
        String otp = root.write("ssh/creds/pam", wanted).ok().data("key");
        broker.secrets().add(otp);
        return otp;
    }

    /** Logs in as a person would who types this when they are asked. */
    private Programs.Result login(String typed) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(directory, "login");
        Path answer = Files.createFile(
                folder.resolve("answer"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(answer, "#!/bin/sh\nprintf '%s\\n' \"$TYPED\"\n");
        Path known = Files.writeString(
                folder.resolve("known"), "[127.0.0.1]:" + server.port() + " " + server.hostKey() + "\n");
        Path said = folder.resolve("said");
        ProcessBuilder builder = new ProcessBuilder(
                        SshPrograms.find("ssh"),
                        "-F",
                        "none",
                        "-p",
                        String.valueOf(server.port()),
                        "-o",
                        "PreferredAuthentications=keyboard-interactive",
                        "-o",
                        "NumberOfPasswordPrompts=1",
                        "-o",
                        "UserKnownHostsFile=" + known,
                        "-o",
                        "GlobalKnownHostsFile=/dev/null",
                        "-o",
                        "StrictHostKeyChecking=yes",
                        "-o",
                        "ConnectTimeout=10",
                        USER + "@127.0.0.1",
                        "echo in as $(id -un)")
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("TYPED", typed);
        builder.environment().put("SSH_ASKPASS", answer.toString());
        builder.environment().put("SSH_ASKPASS_REQUIRE", "force");
        builder.environment().remove("SSH_AUTH_SOCK");
        Process process = builder.start();
        assertTrue(process.waitFor(90, TimeUnit.SECONDS), "ssh doesn't end");
        return new Programs.Result(process.exitValue(), Files.readString(said));
    }

    private String heard() throws IOException {
        return server.log() + (Files.exists(log) ? Files.readString(log) : "");
    }

    @Test
    void password_letsInOnce() throws Exception {
        String otp = password(Map.of("ip", HERE));
        Programs.Result first = login(otp);
        assertTrue(first.isGood(), first.output() + heard());
        assertTrue(first.output().contains("in as " + USER), first.output());
        assertFalse(login(otp).isGood(), "it was spent");
        assertFalse(heard().contains(otp), "the password is logged");
    }

    @Test
    void password_ofAnotherUserOrHost_orThatWasRevoked_orIsNone_doesNot() throws Exception {
        assertFalse(login(password(Map.of("ip", HERE, "username", "other"))).isGood());
        assertTrue(heard().contains("it is for another user"), heard());
        assertFalse(login(password(Map.of("ip", "127.0.0.2"))).isGood());
        assertTrue(heard().contains("it is for another host"), heard());
        Answer revoked = root.write("ssh/creds/pam", Map.of("ip", HERE)).ok();
        broker.secrets().add(revoked.data("key"));
        assertEquals(
                204,
                root.put("sys/leases/revoke", Map.of("lease_id", revoked.leaseId()))
                        .status());
        assertFalse(login(revoked.data("key")).isGood());
        assertFalse(login("a password of another sort").isGood());
    }

    @Test
    void brokerThatIsAway_letsNobodyIn() throws Exception {
        String otp = password(Map.of("ip", HERE));
        broker.process().stop();
        assertFalse(login(otp).isGood());
        broker.process().start();
        Programs.Result login = login(otp);
        assertTrue(login.isGood(), login.output() + heard());
    }
}
