package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an attacker might have signed: a 400 that names the field, and nothing is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SshBadInputIT {
    /** Any good key: the basis point of Ed25519. */
    private static final String KEY = key("ssh-ed25519", point());

    @TempDir
    private static Path directory = Path.of("/");

    private RunningBroker broker;
    private Api root;

    @BeforeAll
    void start() throws Exception {
        broker = RunningBroker.start(directory.resolve("broker"), config -> config);
        root = broker.root();
        root.write("sys/mounts/ssh", Map.of("type", "ssh")).ok();
        assertEquals(400, root.write("ssh/sign/dev", Map.of("public_key", KEY)).status(), "there is no role");
        root.write(
                        "ssh/roles/dev",
                        Map.of(
                                "key_type", "ca",
                                "allow_user_certificates", true,
                                "allow_host_certificates", true,
                                "allowed_users", "alice",
                                "default_user", "alice",
                                "allowed_domains", "example",
                                "allow_subdomains", true,
                                "default_critical_options", Map.of("force-command", "true"),
                                "max_ttl", "1h"))
                .ok();
        Answer without = root.write("ssh/sign/dev", Map.of("public_key", KEY));
        assertEquals(400, without.status());
        assertTrue(without.errors().contains("config/ca"), without.toString());
        root.write("ssh/config/ca", Map.of()).ok();
        root.write("ssh/roles/users", Map.of("key_type", "ca", "allow_user_certificates", true, "default_user", "a"))
                .ok();
    }

    @AfterAll
    void end() {
        if (broker != null) {
            broker.close();
        }
    }

    private static byte[] point() {
        byte[] point = new byte[32];
        Arrays.fill(point, (byte) 0x66);
        point[0] = 0x58;
        return point;
    }

    private static String key(String name, byte[] rest) {
        byte[] type = name.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer blob = ByteBuffer.allocate(8 + type.length + rest.length);
        blob.putInt(type.length).put(type).putInt(rest.length).put(rest);
        return name + " " + Base64.getEncoder().encodeToString(blob.array());
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of("public_key", Map.of()),
                Arguments.of("public_key", Map.of("public_key", "")),
                Arguments.of("public_key", Map.of("public_key", "A".repeat(20_000))),
                Arguments.of("public_key", Map.of("public_key", KEY.substring(0, KEY.length() - 8))),
                Arguments.of("public_key", Map.of("public_key", key("ssh-dss", point()))),
                Arguments.of("public_key", Map.of("public_key", key("ssh-ed25519", new byte[32]))),
                Arguments.of("public_key", Map.of("public_key", key("ssh-ed25519-cert-v01@openssh.com", point()))),
                Arguments.of("public_key", Map.of("public_key", "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n")),
                Arguments.of("public_key", Map.of("public_key", 5)),
                Arguments.of("valid_principals", Map.of("valid_principals", "root")),
                Arguments.of("valid_principals", Map.of("valid_principals", "alice,root")),
                Arguments.of("valid_principals", Map.of("valid_principals", "alice\nroot")),
                Arguments.of("valid_principals", Map.of("valid_principals", "al\0ice")),
                Arguments.of("valid_principals", Map.of("valid_principals", ",")),
                Arguments.of("valid_principals", Map.of("cert_type", "host")),
                Arguments.of("valid_principals", Map.of("cert_type", "host", "valid_principals", "web.example.")),
                Arguments.of("valid_principals", Map.of("cert_type", "host", "valid_principals", "WEB.example")),
                Arguments.of("valid_principals", Map.of("cert_type", "host", "valid_principals", "*.example")),
                Arguments.of("valid_principals", Map.of("cert_type", "host", "valid_principals", "evil.org")),
                Arguments.of("valid_principals", Map.of("cert_type", "host", "valid_principals", "w\u00e9b.example")),
                Arguments.of("cert_type", Map.of("cert_type", "both")),
                Arguments.of("key_id", Map.of("key_id", "mine")),
                Arguments.of("key_id", Map.of("key_id", "mi\ud800ne")),
                Arguments.of("critical_options", Map.of("critical_options", Map.of("force-command", "sh"))),
                Arguments.of("critical_options", Map.of("critical_options", Map.of("no-such", ""))),
                Arguments.of("critical_options", Map.of("critical_options", List.of("x"))),
                Arguments.of("critical_options", Map.of("critical_options", Map.of("force-command", "\ud800"))),
                Arguments.of("extensions", Map.of("extensions", Map.of("permit-pty", ""))),
                Arguments.of("ttl", Map.of("ttl", "-1s")),
                Arguments.of("ttl", Map.of("ttl", "99999999999999999999h")),
                Arguments.of("ttl", Map.of("ttl", "soon")));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void sign_ofWhatIsNotAllowed_is400_andSignsNothing(String field, Map<String, ?> bad) {
        long before = serial();
        Map<String, Object> body = new HashMap<>();
        if (!bad.isEmpty()) {
            body.put("public_key", KEY);
        }
        body.putAll(bad);
        Answer answer = root.write("ssh/sign/dev", body);
        assertEquals(400, answer.status(), answer.toString());
        assertTrue(answer.errors().contains(field), answer.toString());
        assertFalse(answer.errors().contains(KEY.substring(20)), "what was sent isn't sent back");
        assertEquals(before + 1, serial(), "no serial was given to it");
    }

    private long serial() {
        return Long.parseLong(
                root.write("ssh/sign/dev", Map.of("public_key", KEY)).ok().data("serial_number"), 16);
    }

    @Test
    void ttl_beyondTheRole_isCutAndSaidSo() {
        Answer answer = root.write("ssh/sign/dev", Map.of("public_key", KEY, "ttl", "100h"))
                .ok();
        assertTrue(answer.leaseSeconds() <= 3_600);
        assertFalse(answer.warnings().isEmpty());
    }

    @Test
    void role_thatAllowsNoHosts_signsForNone() {
        Answer answer = root.write(
                "ssh/sign/users", Map.of("public_key", KEY, "cert_type", "host", "valid_principals", "web.example"));
        assertEquals(400, answer.status());
        assertTrue(answer.errors().contains("cert_type"), answer.toString());
    }

    @Test
    void keysOfAnotherKind_areRefused_whereTheyAreMade() {
        for (Map<String, ?> bad : List.of(
                Map.of("key_type", "rsa"),
                Map.of("key_type", "dsa"),
                Map.of("key_bits", 512),
                Map.of("key_type", "ecdsa", "key_bits", 255))) {
            assertEquals(400, root.write("ssh/issue/dev", bad).status());
        }
    }

    @Test
    void ca_thatIsThere_isNotReplaced_andNothingElseMakesOne() {
        Answer again = root.write("ssh/config/ca", Map.of());
        assertEquals(400, again.status());
        assertTrue(again.errors().contains("config/ca/next"), again.toString());
        for (Map<String, ?> bad : List.of(
                Map.of("key_type", "dsa"),
                Map.of("key_type", "rsa", "key_bits", 2048),
                Map.of("private_key", "nonsense"),
                Map.of("generate_signing_key", false))) {
            assertEquals(400, root.write("ssh/config/ca/next", bad).status());
        }
        assertEquals(400, root.write("ssh/config/ca/rotate", Map.of()).status());
        for (String path : List.of("rotate", "retire")) {
            Answer nobody = root.write("ssh/config/ca/" + path, Map.of("name", "nobody"));
            assertEquals(400, nobody.status());
            assertTrue(nobody.errors().contains("name: there is no CA key of that name"), nobody.toString());
        }
        assertEquals(400, root.delete("ssh/config/ca/keys/nobody").status());
        assertEquals(1, root.read("ssh/config/ca").ok().data().path("keys").size());
    }

    @Test
    void oneTimePassword_thatIsMadeUp_isRefused() {
        for (String otp : List.of("", "x", "1-" + "0".repeat(40), "zzzzzzzzzzzzz-" + "0".repeat(40), "verify")) {
            Answer answer = root.as("").write("ssh/verify", Map.of("otp", otp));
            assertEquals(400, answer.status(), otp);
        }
    }
}
