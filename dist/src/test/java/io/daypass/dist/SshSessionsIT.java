package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.Await;
import io.daypass.embedded.SshServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Sessions that are open when their line or certificate ends, and the command of the manual that ends them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SshSessionsIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String STAYS = "echo in; exec sleep 300";

    @TempDir
    private static Path directory = Path.of("/");

    private static int made;

    private final List<Process> sessions = new ArrayList<>();
    private RunningBroker broker;
    private SshServer server;
    private Api root;
    private Path command;
    private Path lines;
    private Path own;
    private Map<String, Object> host;

    @BeforeAll
    void start() throws Exception {
        SshPrograms.find("sshd");
        SshPrograms.find("flock");
        broker = RunningBroker.start(directory.resolve("broker"), config -> config);
        root = broker.root();
        root.write("sys/mounts/ssh", Map.of("type", "ssh")).ok();
        root.write("ssh/config/ca", Map.of()).ok();
        Path trusted = Files.writeString(
                directory.resolve("trusted"), root.read("ssh/config/ca").ok().data("public_key"));
        lines = Files.writeString(directory.resolve("lines"), "");
        own = generate();
        server = SshServer.start(
                directory.resolve("sshd"),
                "ExposeAuthInfo yes",
                "TrustedUserCAKeys " + trusted,
                "AuthorizedKeysFile " + lines + " " + own + ".pub");
        command = Files.writeString(directory.resolve("end-sessions"), ofTheManual());
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
        host = Map.of(
                "address", "127.0.0.1",
                "port", server.port(),
                "username", SshServer.user(),
                "private_key", Files.readString(own),
                "host_key", server.hostKey(),
                "authorized_keys", lines.toString(),
                "end_command", command.toString());
        root.write("ssh/hosts/web", host).ok();
        root.write("ssh/roles/hands", Map.of("key_type", "authorized_keys", "hosts", "web"))
                .ok();
        root.write(
                        "ssh/roles/dev",
                        Map.of("key_type", "ca", "allow_user_certificates", true, "default_user", SshServer.user()))
                .ok();
    }

    @AfterEach
    void leave() {
        sessions.forEach(Process::destroyForcibly);
    }

    @AfterAll
    void end() {
        if (server != null) {
            server.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    private static String ofTheManual() throws IOException {
        String manual = Files.readString(Path.of("..", "docs", "manual", "ssh.md"));
        Matcher block = Pattern.compile("(?s)```\n(#!/bin/sh\n.*?)```").matcher(manual);
        assertTrue(block.find(), "the manual has the command");
        return block.group(1);
    }

    private static Path generate() throws Exception {
        Path key = directory.resolve("key" + ++made);
        SshPrograms.run(directory, "ssh-keygen", List.of("-q", "-t", "ed25519", "-N", "", "-f", key.toString()));
        return key;
    }

    /** A session that is there and goes on. */
    private Process session(Path key) throws IOException {
        Path said = directory.resolve("said" + ++made);
        Process session = server.session(key, STAYS, said);
        sessions.add(session);
        Await.until(SOON, "it is logged in", () -> Files.readString(said).contains("in"));
        return session;
    }

    private static void over(Process session) throws InterruptedException {
        assertTrue(session.waitFor(SOON.toSeconds(), TimeUnit.SECONDS), "the session is still there");
    }

    private Answer authorize(Path key) throws IOException {
        return root.write(
                        "ssh/authorize/hands",
                        Map.of("host", "web", "public_key", Files.readString(Path.of(key + ".pub"))))
                .ok();
    }

    private Answer sign(Path key) throws IOException {
        Answer signed = root.write("ssh/sign/dev", Map.of("public_key", Files.readString(Path.of(key + ".pub"))))
                .ok();
        Files.writeString(Path.of(key + "-cert.pub"), signed.data("signed_key"));
        return signed;
    }

    private Answer revoke(Answer lease) {
        return root.put("sys/leases/revoke", Map.of("lease_id", lease.leaseId()));
    }

    @Test
    void line_thatIsRevoked_takesItsSessionsAlong_andNoOthers() throws Exception {
        Path one = generate();
        Path other = generate();
        Answer lease = authorize(one);
        Answer stays = authorize(other);
        Process ending = session(one);
        Process staying = session(other);
        assertEquals(204, revoke(lease).status());
        over(ending);
        assertTrue(staying.isAlive());
        assertTrue(server.login(other, "true").isGood());
        revoke(stays);
    }

    @Test
    void line_whoseCommandFails_staysOnTheBooks_untilItSucceeds() throws Exception {
        Path key = generate();
        Answer lease = authorize(key);
        Process ending = session(key);
        root.write("ssh/hosts/web", Map.of("end_command", "exit 7")).ok();
        revoke(lease);
        assertFalse(server.login(key, "true").isGood(), "the line is gone");
        Answer kept = root.put("sys/leases/lookup", Map.of("lease_id", lease.leaseId()))
                .ok();
        assertTrue(kept.data("last_error").contains("end_command ended with 7"), kept::toString);
        assertTrue(ending.isAlive());
        root.write("ssh/hosts/web", Map.of("end_command", command.toString())).ok();
        over(ending);
        Await.until(SOON, "the lease has gone", () -> isGone(lease));
    }

    @Test
    void line_forAKeyThatAnotherLineHas_endsNoSessions() throws Exception {
        Path key = generate();
        Files.writeString(lines, Files.readString(Path.of(key + ".pub")), StandardOpenOption.APPEND);
        Process staying = session(key);
        revoke(authorize(key));
        assertTrue(server.login(key, "true").isGood());
        assertTrue(staying.isAlive(), "whoever may have a key written there ended the sessions of its owner");
    }

    @Test
    void line_thatIsNotThereAnyMore_endsNoSessions() throws Exception {
        Path key = generate();
        Answer lease = authorize(key);
        Process staying = session(key);
        Files.writeString(lines, "");
        assertEquals(204, revoke(lease).status());
        Await.until(SOON, "the lease has gone", () -> isGone(lease));
        assertTrue(staying.isAlive());
    }

    private boolean isGone(Answer lease) {
        return root.put("sys/leases/lookup", Map.of("lease_id", lease.leaseId()))
                        .status()
                == 400;
    }

    @Test
    void login_thatRunsNoCommandsAnyMore_saysSo_whenSessionsAreToBeEnded() throws Exception {
        Path forced = directory.resolve("forced");
        Path command = Files.writeString(
                directory.resolve("command"), "[ -e " + forced + " ] && exit 1\neval \"$SSH_ORIGINAL_COMMAND\"\n");
        try (SshServer forcing = SshServer.start(
                directory.resolve("forcing"), "AuthorizedKeysFile " + own + ".pub", "ForceCommand sh " + command)) {
            Map<String, Object> other = new HashMap<>(host);
            other.putAll(Map.of("port", forcing.port(), "host_key", forcing.hostKey(), "end_command", "true"));
            root.write("ssh/hosts/forcing", other).ok();
            root.write("ssh/hosts/forcing/end-sessions", Map.of("serial_number", "1"))
                    .ok();
            Files.writeString(forced, "");
            Answer told = root.write("ssh/hosts/forcing/end-sessions", Map.of("serial_number", "1"));
            assertEquals(400, told.status(), told::toString);
            assertTrue(told.errors().contains("runs no commands"), told::toString);
        }
    }

    @Test
    void certificate_hasItsSessionsEndedOnTheHostsThatAreNamed() throws Exception {
        Path one = generate();
        Path other = generate();
        Answer signed = sign(one);
        Answer stays = sign(other);
        Process ending = session(one);
        Process staying = session(other);
        Answer revoked = revoke(signed);
        assertTrue(revoked.warnings().contains("end-sessions"), revoked::toString);
        assertTrue(ending.isAlive());
        root.write("ssh/hosts/web/end-sessions", Map.of("serial_number", signed.data("serial_number")))
                .ok();
        over(ending);
        assertTrue(staying.isAlive());
        String serial = String.valueOf(Long.parseLong(stays.data("serial_number"), 16));
        root.write("ssh/hosts/web/end-sessions", Map.of("serial_number", serial))
                .ok();
        over(staying);
    }

    @Test
    void whatIsAskedWrongly_is400_andRunsNothing() {
        for (Map<String, ?> asked : List.<Map<String, ?>>of(
                Map.of(),
                Map.of("serial_number", "x"),
                Map.of("serial_number", "0"),
                Map.of("key", "SHA256:x"),
                Map.of("key", "SHA256:" + "'".repeat(43)),
                Map.of("serial_number", "1", "key", "SHA256:" + "x".repeat(43)))) {
            Answer answer = root.write("ssh/hosts/web/end-sessions", asked);
            assertEquals(400, answer.status(), answer::toString);
        }
        Answer bad = root.write("ssh/hosts/web", Map.of("end_command", "a\nb"));
        assertEquals(400, bad.status(), bad::toString);
        assertTrue(bad.errors().contains("end_command"), bad::toString);
        Answer nowhere = root.write("ssh/hosts/none/end-sessions", Map.of("serial_number", "1"));
        assertEquals(400, nowhere.status(), nowhere::toString);
    }

    @Test
    void host_withoutACommand_saysSo() throws Exception {
        root.write("ssh/hosts/web", Map.of("end_command", "")).ok();
        Answer answer = root.write("ssh/hosts/web/end-sessions", Map.of("serial_number", "1"));
        assertEquals(400, answer.status());
        assertTrue(answer.errors().contains("has no end_command"), answer::toString);
        root.write("ssh/hosts/web", Map.of("end_command", command.toString())).ok();
    }
}
