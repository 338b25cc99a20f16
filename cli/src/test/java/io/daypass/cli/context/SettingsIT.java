package io.daypass.cli.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.shell.Secret;
import io.daypass.cli.shell.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose word counts about address, token and the rest. */
class SettingsIT {
    @TempDir
    private Path home;

    private final Map<String, String> environment = new HashMap<>();

    @Test
    void endpoint_prefixesWinInOrder() {
        set("VAULT_ADDR", "http://vault:1", "VAULT_TOKEN", "v");
        assertEndpoint("http://vault:1 VAULT_ADDR", "v VAULT_TOKEN", Flags.NONE);
        set("BAO_ADDR", "http://bao:1", "BAO_TOKEN", "b");
        assertEndpoint("http://bao:1 BAO_ADDR", "b BAO_TOKEN", Flags.NONE);
        set("DAYPASS_ADDR", "http://daypass:1", "DAYPASS_TOKEN", "d");
        assertEndpoint("http://daypass:1 DAYPASS_ADDR", "d DAYPASS_TOKEN", Flags.NONE);
        assertEndpoint("http://flag:1 --address", "f --token", flags("http://flag:1", "f"));
    }

    @Test
    void endpoint_environmentWinsOverContext() {
        context("dev", "http://dev:1", "root");
        assertEndpoint("http://dev:1 context dev", "root context dev", Flags.NONE);
        set("VAULT_ADDR", "http://vault:1");
        assertEndpoint("http://vault:1 VAULT_ADDR", null, Flags.NONE);
    }

    @Test
    void endpoint_addressFromAbove_neverGetsATokenFromBelow() {
        context("dev", "http://dev:1", "root");
        set("VAULT_ADDR", "http://vault:1", "VAULT_TOKEN", "v", "DAYPASS_ADDR", "http://other:1");
        assertEndpoint("http://other:1 DAYPASS_ADDR", null, Flags.NONE);
        assertEndpoint("http://flag:1 --address", null, flags("http://flag:1", null));
    }

    @Test
    void endpoint_sameAddressByFlag_keepsItsToken() {
        context("dev", "http://dev:1", "root");
        assertEndpoint("http://dev:1 --address", "root context dev", flags("http://dev:1/", null));
    }

    @Test
    void endpoint_tokenAlone_goesToTheAddressInForce() {
        context("dev", "http://dev:1", "root");
        assertEndpoint("http://dev:1 context dev", "f --token", flags(null, "f"));
        set("DAYPASS_TOKEN", "d");
        assertEndpoint("http://dev:1 context dev", "d DAYPASS_TOKEN", Flags.NONE);
        assertEndpoint("http://flag:1 --address", null, flags("http://flag:1", null));
    }

    @Test
    void endpoint_foreignTokenAlone_isRefused() {
        context("dev", "http://dev:1", "root");
        set("VAULT_TOKEN", "v");
        Failure failure = fails(Flags.NONE);
        assertEquals(Exit.USAGE, failure.exit());
        assertTrue(failure.text().startsWith("VAULT_TOKEN is set but VAULT_ADDR isn't"));
        assertEndpoint("http://dev:1 context dev", "f --token", flags(null, "f"));
    }

    @Test
    void endpoint_chosenContext_winsOverTheDevServers() {
        context("dev", "http://dev:1", "root");
        context("prod", "https://prod:1", "p");
        store().choose("prod");
        assertEndpoint("https://prod:1 context prod", "p context prod", Flags.NONE);
        store().choose(null);
        assertEndpoint("http://dev:1 context dev", "root context dev", Flags.NONE);
    }

    @Test
    void endpoint_chosenContextGone_isNoOther() throws IOException {
        context("dev", "http://dev:1", "root");
        context("prod", "https://prod:1", "p");
        store().choose("prod");
        Files.delete(store().file("prod"));
        Failure failure = fails(Flags.NONE);
        assertEquals(Exit.BUSY, failure.exit());
        assertTrue(failure.text().contains("\"prod\" is gone"), failure.text());
    }

    @Test
    void endpoint_nothingKnown_isUnreachable() {
        assertEquals(Exit.BUSY, fails(Flags.NONE).exit());
    }

    @Test
    void endpoint_authority_isTheHighestThatIsGiven() throws IOException {
        Path pem = Files.writeString(home.resolve("ca.pem"), "PEM");
        store().save(new Context("dev", "https://dev:1", "OWN", Secret.of("root"), 0));
        assertEquals(
                new Setting<>("OWN", "context dev"),
                settings(Flags.NONE).endpoint().authority());
        set("VAULT_CACERT", pem.toString());
        assertEquals(
                new Setting<>("PEM", "VAULT_CACERT"),
                settings(Flags.NONE).endpoint().authority());
        Flags flags = new Flags(null, null, home.resolve("none").toString(), null);
        assertEquals(Exit.LOCAL, fails(flags).exit());
    }

    @Test
    void endpoint_wrongAddressOrToken_isNotRepeated() {
        for (String address :
                new String[] {"https://u:secret@h", "h:1", "http://", "file:///x", "http://h/?t=secret"}) {
            Failure failure = fails(flags(address, "t"));
            assertEquals(Exit.USAGE, failure.exit());
            assertTrue(!failure.text().contains("secret"));
        }
        Failure failure = fails(flags("http://h", "sec\nret"));
        assertEquals(Exit.USAGE, failure.exit());
        assertTrue(!failure.text().contains("sec\nret"));
    }

    @Test
    void format_flagThenPrefixes() {
        assertEquals("default", settings(Flags.NONE).format().origin());
        set("VAULT_FORMAT", "json");
        assertEquals("VAULT_FORMAT", settings(Flags.NONE).format().origin());
        set("BAO_FORMAT", "env");
        assertEquals("env", settings(Flags.NONE).format().value().toString());
        assertEquals(
                "table",
                settings(new Flags(null, null, null, "table")).format().value().toString());
    }

    @Test
    void timeout_isInSeconds() {
        set("VAULT_CLIENT_TIMEOUT", "5s");
        assertEquals(Duration.ofSeconds(5), settings(Flags.NONE).timeout().value());
        set("VAULT_CLIENT_TIMEOUT", "-1");
        assertThrows(Failure.class, () -> settings(Flags.NONE).timeout());
    }

    private void assertEndpoint(String address, @Nullable String token, Flags flags) {
        Endpoint endpoint = settings(flags).endpoint();
        assertEquals(
                address, endpoint.address().value() + " " + endpoint.address().origin());
        Setting<Secret> bearer = endpoint.bearer();
        if (token == null) {
            assertNull(bearer);
        } else {
            assertEquals(token, bearer == null ? "none" : bearer.value().reveal() + " " + bearer.origin());
        }
    }

    private Failure fails(Flags flags) {
        return assertThrows(Failure.class, () -> settings(flags).endpoint());
    }

    private static Flags flags(@Nullable String address, @Nullable String token) {
        return new Flags(address, token == null ? null : Secret.of(token), null, null);
    }

    private void context(String name, String address, String token) {
        store().save(new Context(name, address, null, Secret.of(token), 0));
    }

    private ContextStore store() {
        return ContextStore.of(shell());
    }

    private Settings settings(Flags flags) {
        return new Settings(shell(), flags, store());
    }

    private Shell shell() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Shell(
                environment,
                home,
                InputStream.nullInputStream(),
                nowhere,
                nowhere,
                false,
                false,
                InstantSource.system());
    }

    private void set(String... pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            environment.put(pairs[i], pairs[i + 1]);
        }
    }
}
