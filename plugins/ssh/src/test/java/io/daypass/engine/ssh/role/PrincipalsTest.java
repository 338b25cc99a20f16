package io.daypass.engine.ssh.role;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.daypass.engine.ssh.cert.CertificateType;
import io.daypass.plugin.Invalid;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrincipalsTest {
    private static final Role USERS =
            ARole.with(Map.of("allowedUsers", "alice, bob", "defaultUser", "deploy", "allowBareDomains", true));
    private static final Role HOSTS = ARole.with(
            Map.of("allowedDomains", "example, 10.0.0.1", "allowSubdomains", true, "allowBareDomains", true));

    private static Principals of(Role role, String caller) {
        return new Principals(role, Map.of("token_display_name", caller));
    }

    private static List<String> users(Role role, String caller, String wanted) {
        return of(role, caller).of(CertificateType.USER, wanted);
    }

    @Test
    void users_thatAreAllowed_orTheDefault() {
        assertEquals(List.of("deploy"), users(USERS, "x", ""));
        assertEquals(List.of("alice", "deploy"), users(USERS, "x", "alice, deploy,alice"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "root",
                "alice,root",
                "*",
                "Alice",
                "alice\n",
                "al\0ice",
                "alice bob",
                "ali?e",
                "!alice",
                "älice",
                "a\tb"
            })
    void users_thatArent_orCantBe_areRefused(String wanted) {
        Invalid error = assertThrows(Invalid.class, () -> users(USERS, "x", wanted));
        assertEquals("valid_principals", error.field());
    }

    @Test
    void users_beyondTheFormat_areRefused() {
        Role any = ARole.with(Map.of("allowedUsers", "*"));
        String many = IntStream.range(0, 257).mapToObj(i -> "u" + i).collect(Collectors.joining(","));
        assertThrows(Invalid.class, () -> users(any, "x", many));
        assertThrows(Invalid.class, () -> users(any, "x", "a".repeat(256)));
        assertThrows(Invalid.class, () -> users(any, "x", ""));
        assertThrows(Invalid.class, () -> users(any, "x", ","));
        assertThrows(Invalid.class, () -> users(any, "x", "-oProxyCommand=x"));
        assertEquals(List.of("a".repeat(255)), users(any, "x", "a".repeat(255)));
    }

    /** A caller chooses their own display name in places: it is one name, whatever it holds. */
    @Test
    void template_ofANameWithAStarOrAComma_allowsNobodyElse() {
        Role own = ARole.with(Map.of("allowedUsers", "{{token_display_name}}", "allowedUsersTemplate", true));
        assertEquals(List.of("carol"), users(own, "carol", "carol"));
        assertThrows(Invalid.class, () -> users(own, "*", "root"));
        assertThrows(Invalid.class, () -> users(own, "carol,root", "root"));
        assertThrows(Invalid.class, () -> users(own, "{{token_display_name}}", "root"));
        Role usual = ARole.with(Map.of("defaultUser", "{{token_display_name}}", "defaultUserTemplate", true));
        assertEquals(List.of("carol"), users(usual, "carol", ""));
        assertThrows(Invalid.class, () -> users(usual, "carol,root", ""));
        assertThrows(Invalid.class, () -> users(usual, "x\nroot", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"example", "web.example", "a.b.example", "10.0.0.1", "web.example,db.example"})
    void hosts_inTheDomains(String wanted) {
        assertEquals(Role.split(wanted), of(HOSTS, "x").of(CertificateType.HOST, wanted));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "web.example.",
                "WEB.example",
                "wéb.example",
                "*.example",
                "web?.example",
                "!web.example",
                "badexample",
                "example.org",
                "10.0.0.2",
                "9.10.0.0.1",
                "web..example",
                "-web.example",
                "web .example",
                "web.example\0",
                ".example",
                "web_1.example",
                "xn--",
                "web.example,other.org",
                ""
            })
    void hosts_outsideOrMalformed_areRefused(String wanted) {
        Invalid error = assertThrows(Invalid.class, () -> of(HOSTS, "x").of(CertificateType.HOST, wanted));
        assertEquals("valid_principals", error.field());
    }

    @ParameterizedTest
    @CsvSource({"true,false,example", "false,true,web.example"})
    void hosts_bareOrBelow_asTheRoleSays(boolean bare, boolean below, String allowed) {
        Role role = ARole.with(Map.of("allowedDomains", "example", "allowBareDomains", bare, "allowSubdomains", below));
        assertEquals(List.of(allowed), of(role, "x").of(CertificateType.HOST, allowed));
        String other = bare ? "web.example" : "example";
        assertThrows(Invalid.class, () -> of(role, "x").of(CertificateType.HOST, other));
    }

    @Test
    void hosts_ofAnyDomain_areStillHosts() {
        Role any = ARole.with(Map.of("allowedDomains", "*"));
        assertEquals(List.of("anything.at.all"), of(any, "x").of(CertificateType.HOST, "anything.at.all"));
        assertThrows(Invalid.class, () -> of(any, "x").of(CertificateType.HOST, "*"));
    }
}
