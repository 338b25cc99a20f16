package io.daypass.engine.ssh.role;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.engine.ssh.Seeded;
import io.daypass.engine.ssh.cert.CertificateType;
import io.daypass.plugin.Invalid;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options, kinds of keys, addresses, and what makes a role one that can't be written. */
class RoleRulesTest {
    private static final Map<String, String> CALLER = Map.of("token_display_name", "carol");

    private static Options options(Map<String, ?> role) {
        return new Options(ARole.with(role), CALLER);
    }

    @Test
    void critical_ofTheRole_standWhateverIsAskedFor() {
        Options options = options(Map.of(
                "defaultCriticalOptions", Map.of("force-command", "true"), "allowedCriticalOptions", "source-address"));
        assertEquals(
                Map.of("force-command", "true", "source-address", "10.0.0.0/8"),
                options.critical(CertificateType.USER, Map.of("source-address", "10.0.0.0/8")));
        Invalid error = assertThrows(
                Invalid.class, () -> options.critical(CertificateType.USER, Map.of("force-command", "sh")));
        assertEquals("critical_options", error.field());
        assertThrows(Invalid.class, () -> options.checkCritical(Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "unknown,x",
        "force-command,''",
        "source-address,''",
        "source-address,10.0.0.1/8",
        "source-address,10.0.0.0/33",
        "source-address,example.org",
        "source-address,'10.0.0.0/8, 10.1.0.0/16'",
        "source-address,'10.0.0.0/8,'",
        "source-address,',10.0.0.1'",
        "source-address,'10.0.0.0/8,,10.1.0.0/16'",
        "source-address,'10.0.0.0/8\u2003'",
        "source-address,10.0.0.0/08",
        "source-address,::ffff:10.0.0.1",
        "source-address,::ffff:10.0.0.0/8",
        "verify-required,yes"
    })
    void critical_thatSshdWouldRefuse_isRefused(String name, String value) {
        Options options = options(Map.of("allowedCriticalOptions", name));
        assertThrows(Invalid.class, () -> options.critical(CertificateType.USER, Map.of(name, value)));
    }

    @Test
    void extensions_thatAreAskedFor_standInPlaceOfTheRoles() {
        Options options = options(Map.of(
                "defaultExtensions",
                Map.of("permit-pty", "", "login@x", "{{token_display_name}}"),
                "defaultExtensionsTemplate",
                true,
                "allowedExtensions",
                "permit-port-forwarding"));
        assertEquals(Map.of("permit-pty", "", "login@x", "carol"), options.extensions(CertificateType.USER, Map.of()));
        assertEquals(
                Map.of("permit-port-forwarding", ""),
                options.extensions(CertificateType.USER, Map.of("permit-port-forwarding", "")));
        for (Map<String, String> bad : List.of(
                Map.of("permit-agent-forwarding", ""),
                Map.of("permit-pty", "x"),
                Map.of("login@x", "dave"),
                Map.of("permit-everything", ""))) {
            Invalid error = assertThrows(Invalid.class, () -> options.extensions(CertificateType.USER, bad));
            assertEquals("extensions", error.field());
        }
    }

    @Test
    void options_ofHosts_areNone() {
        Options options = options(Map.of("defaultExtensions", Map.of("permit-pty", ""), "allowedExtensions", "*"));
        assertTrue(options.extensions(CertificateType.HOST, Map.of()).isEmpty());
        assertThrows(Invalid.class, () -> options.extensions(CertificateType.HOST, Map.of("permit-pty", "")));
        assertThrows(Invalid.class, () -> options.critical(CertificateType.HOST, Map.of("force-command", "x")));
    }

    @Test
    void keyLengths_asTheRoleNamesThem() {
        Map<String, List<Integer>> lengths = Map.of("rsa", List.of(3072), "ecdsa-sha2-nistp256", List.of(0));
        KeyLengths.check("public_key", lengths, Seeded.pair("ecdsa", 256, 1).publicKey());
        for (var refused : List.of(
                Seeded.pair("rsa", 2048, 1).publicKey(),
                Seeded.pair("ecdsa", 384, 1).publicKey(),
                Seeded.pair("ed25519", 0, 1).publicKey())) {
            assertThrows(Invalid.class, () -> KeyLengths.check("public_key", lengths, refused));
        }
        KeyLengths.check("public_key", Map.of(), Seeded.pair("ed25519", 0, 1).publicKey());
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,10.255.0.1,true",
        "10.0.0.0/8,11.0.0.1,false",
        "10.1.2.3,10.1.2.3,true",
        "0.0.0.0/0,1.2.3.4,true",
        "2001:db8::/33,2001:db8:7fff::1,true",
        "2001:db8::/33,2001:db8:8000::1,false",
        "10.0.0.0/8,::ffff:10.0.0.1,true",
        "::/0,10.0.0.1,false"
    })
    void cidr_holdsItsAddresses(String cidr, String address, boolean holds) {
        assertEquals(holds, Cidr.of("f", cidr).holds(Cidr.address("f", address)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0",
                "10.0.0.256",
                "localhost",
                "1",
                "010.0.0.1x",
                "::g",
                ":",
                "10.0.0.1/",
                "::1/129",
                "fe80::1%eth0",
                "10.0.0.0/08",
                "::ffff:10.0.0.0/8"
            })
    void cidr_thatIsNone_isRefused(String text) {
        assertThrows(Invalid.class, () -> Cidr.of("f", text));
    }

    @Test
    void template_isReplacedOnce() {
        assertEquals("a-{{b}}-c", Template.render("f", "a-{{ x }}-c", Map.of("x", "{{b}}")));
        assertEquals("{1}1}", Template.render("f", "{{{x}}}{{x}}}", Map.of("x", "1")));
        for (String bad :
                List.of("{{y}}", "{{", "}}", "{{x", "{{{{x}}", "{{x}}}}", "{{x}", "{{identity.entity.name}}")) {
            assertThrows(Invalid.class, () -> Template.render("f", bad, Map.of("x", "1")), bad);
        }
    }

    private static Map<String, String> large(int kibibytes) {
        return IntStream.range(0, kibibytes).boxed().collect(toMap(i -> "e" + i + "@example", i -> "x".repeat(1_024)));
    }

    @Test
    void extensions_beyondWhatACertificateShouldCarry_areRefused() {
        Options any = options(Map.of("allowedExtensions", "*"));
        any.extensions(CertificateType.USER, large(15));
        Invalid error = assertThrows(Invalid.class, () -> any.extensions(CertificateType.USER, large(16)));
        assertEquals("extensions", error.field());
    }

    static Stream<Arguments> badRoles() {
        return Stream.of(
                Arguments.of("key_type", Map.of("keyType", "dynamic")),
                Arguments.of("ttl", Map.of("ttl", Duration.ofHours(2), "maxTtl", Duration.ofHours(1))),
                Arguments.of("not_before_duration", Map.of("notBeforeDuration", Duration.ofDays(2))),
                Arguments.of("port", Map.of("port", 0)),
                Arguments.of("default_user", Map.of("defaultUser", "a,b")),
                Arguments.of("default_user", Map.of("keyType", "otp")),
                Arguments.of("allowed_users", Map.of("allowedUsers", "a b")),
                Arguments.of(
                        "allowed_users",
                        Map.of("allowedUsers", "{{identity.entity.name}}", "allowedUsersTemplate", true)),
                Arguments.of("allowed_domains", Map.of("allowedDomains", "*.example")),
                Arguments.of("allowed_domains", Map.of("allowedDomains", "Example")),
                Arguments.of("default_critical_options", Map.of("defaultCriticalOptions", Map.of("x", "y"))),
                Arguments.of("default_extensions", Map.of("defaultExtensions", Map.of("permit-all", ""))),
                Arguments.of("allowed_user_key_lengths", Map.of("allowedUserKeyLengths", Map.of("dsa", List.of(0)))),
                Arguments.of("algorithm_signer", Map.of("algorithmSigner", "ssh-rsa")),
                Arguments.of("key_id_format", Map.of("keyIdFormat", "{{nobody}}")),
                Arguments.of("key_id_format", Map.of("keyIdFormat", "")),
                Arguments.of("key_id_format", Map.of("keyIdFormat", "a\nb")),
                Arguments.of("key_id_format", Map.of("keyIdFormat", "{{public_key_hash}}".repeat(4))),
                Arguments.of("default_extensions", Map.of("defaultExtensions", large(17))),
                Arguments.of("cidr_list", Map.of("keyType", "otp", "defaultUser", "a", "cidrList", "10.0.0.1/8")),
                Arguments.of("hosts", Map.of("keyType", "authorized_keys")));
    }

    @ParameterizedTest
    @MethodSource("badRoles")
    void role_thatMakesNoSense_isRefused(String field, Map<String, ?> fields) {
        Invalid error = assertThrows(Invalid.class, () -> RoleCheck.check(ARole.with(fields)));
        assertEquals(field, error.field());
    }

    @Test
    void role_thatMaySignForRoot_isWarnedOf() {
        List<String> warnings = RoleCheck.check(ARole.with(Map.of("allowUserCertificates", true, "allowedUsers", "*")));
        assertTrue(warnings.toString().contains("root"), warnings.toString());
        assertFalse(RoleCheck.check(ARole.with(Map.of())).isEmpty());
    }

    @Test
    void role_byWhichNobodyHasATerminal_isWarnedOf_unlessItIsMeant() {
        String terminal = "no terminal";
        Map<String, ?> people = Map.of("allowUserCertificates", true, "defaultUser", "deploy");
        assertTrue(RoleCheck.check(ARole.with(people)).toString().contains(terminal));
        assertTrue(RoleCheck.check(ARole.with(Map.of("keyType", "authorized_keys", "hosts", "nas")))
                .toString()
                .contains(terminal));
        for (Map<String, ?> meant : List.<Map<String, ?>>of(
                Map.of("defaultExtensions", Map.of("permit-pty", "")),
                Map.of("allowedExtensions", "permit-pty,permit-port-forwarding"),
                Map.of("allowedExtensions", "*"),
                Map.of("defaultCriticalOptions", Map.of("force-command", "true")))) {
            Map<String, Object> role = new HashMap<>(people);
            role.putAll(meant);
            assertEquals(List.of(), RoleCheck.check(ARole.with(role)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\0b", "a\u2028b", "a\"b", "a\u0085b", " ", "a\u202eb", "a\u200bb"})
    void keyId_thatWouldForgeALogLine_isRefused(String id) {
        assertThrows(Invalid.class, () -> Names.keyId("key_id", id));
        assertThrows(Invalid.class, () -> Names.keyId("key_id", "x".repeat(256)));
    }

    /** Whoever chooses a key id must not push the serial behind it out of sshd's log. */
    @Test
    void keyId_thatWouldCutOffALogLine_isRefused() {
        for (String id : List.of("x".repeat(255), "\\".repeat(255), "\u00fc".repeat(63), "\ud83d\ude00".repeat(31))) {
            Names.keyId("key_id", id);
        }
        for (String id : List.of("\u00fc".repeat(64), "\u4e2d".repeat(43), "\ud83d\ude00".repeat(32))) {
            Invalid error = assertThrows(Invalid.class, () -> Names.keyId("key_id", id));
            assertTrue(String.valueOf(error.getMessage()).contains("as sshd logs it"), error.getMessage());
        }
    }
}
