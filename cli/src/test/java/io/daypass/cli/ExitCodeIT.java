package io.daypass.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ExitCodeIT extends WithFakeBroker {
    @Test
    void zero_dataOnStdoutAlone() throws Exception {
        broker.on(
                "GET",
                "/v1/database/creds/reader",
                200,
                FakeBroker.credentials(3600).replace("\"warnings\":null", "\"warnings\":[\"bounded by the role\"]"));
        Launched.Ended ended = daypass.run("read", "-format=json", "database/creds/reader");
        assertEquals(0, ended.code(), ended.err());
        assertEquals("warning: bounded by the role\n", ended.err());
        assertTrue(ended.out().startsWith("{\n  \"request_id\""), ended.out());
        assertEquals("s.token", broker.asked().get(0).headers().get("x-vault-token"));
    }

    @Test
    void one_local() throws Exception {
        says(1, daypass.run("write", "x", "a=@/nonexistent"), "can't read /nonexistent: there is no such file");
        says(1, daypass.run("write", "x", "a=@/"), "can't read /: it is no file");
        broker.on("GET", "/v1/x", 200, FakeBroker.envelope("{\"a\":1}"));
        says(1, daypass.run("read", "-o", "field=b", "x"), "the reply has no field \"b\"; it has a");
    }

    @Test
    void one_whatCannotBeWritten() throws Exception {
        broker.on("GET", "/v1/x", 200, FakeBroker.envelope("{\"a\":1}"));
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "skipped: there is no /dev/full");
        says(1, daypass.runWith(">/dev/full", "read", "x"), "can't write to standard output");
    }

    @Test
    void one_leaseOrTokenThatCannotBeShown_isRevokedAgain() throws Exception {
        broker.on("GET", "/v1/database/creds/reader", 200, FakeBroker.credentials(3600));
        broker.on("PUT", "/v1/sys/leases/revoke", 204, "");
        says(
                1,
                daypass.run("read", "-o", "field=pasword", "database/creds/reader"),
                "it has username, password, connection; so the lease that was issued is revoked again");
        assertEquals(
                "{\"lease_id\":\"database/creds/reader/abc\"}",
                broker.asked("/v1/sys/leases/revoke").get(0).body());
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "skipped: there is no /dev/full");
        says(
                1,
                daypass.runWith(">/dev/full", "read", "database/creds/reader"),
                "standard output can't be written to; so the lease that was issued is revoked again");
        assertEquals(2, broker.asked("/v1/sys/leases/revoke").size());
        broker.on("PUT", "/v1/sys/leases/revoke", 503, "{\"errors\":[\"sealed\"]}");
        says(
                1,
                daypass.run("read", "-o", "field=pasword", "database/creds/reader"),
                "daypass lease revoke database/creds/reader/abc");
    }

    @Test
    void one_tokenThatCannotBeShown_isRevokedByItself() throws Exception {
        broker.on(
                "PUT",
                "/v1/auth/token/create",
                200,
                "{\"data\":null,\"auth\":{\"client_token\":\"d.new\",\"accessor\":\"acc\",\"lease_duration\":60}}");
        broker.on("PUT", "/v1/auth/token/revoke-self", 204, "");
        says(1, daypass.run("token", "create", "-o", "field=tokn"), "the token that was issued is revoked again");
        assertEquals(
                "d.new",
                broker.asked("/v1/auth/token/revoke-self").get(0).headers().get("x-vault-token"));
    }

    @Test
    void sixtyFour_fieldThatInitDoesNotAnswer_initialisesNothing() throws Exception {
        broker.on("GET", "/v1/sys/seal-status", 200, "{\"type\":\"shamir\"}");
        says(64, daypass.run("operator", "init", "-o", "field=root"), "it has keys, keys_base64, root_token");
        assertTrue(broker.asked("/v1/sys/init").isEmpty());
        broker.on("PUT", "/v1/sys/init", 200, "{\"keys\":[\"a\"],\"keys_base64\":[\"b\"],\"root_token\":\"c\"}");
        assertEquals("a", daypass.run("operator", "init", "-o", "field=keys.0").out());
        says(1, daypass.run("operator", "init", "-o", "field=keys.1"), "remove its data directory");
    }

    @Test
    void two_remote() throws Exception {
        broker.on("PUT", "/v1/x", 400, "{\"errors\":[\"ttl: no duration\"]}");
        says(2, daypass.run("write", "x", "ttl=z"), "can't write x: ttl: no duration (400)");
        broker.on("GET", "/v1/x", 502, "{\"errors\":[\"shop can't be reached\"]}");
        says(2, daypass.run("read", "x"), "shop can't be reached (502)");
    }

    @Test
    void three_denied_withTheStanzaItTakes() throws Exception {
        broker.on("DELETE", "/v1/database/roles/reader", 403, "{\"errors\":[\"permission denied\"]}");
        Launched.Ended ended = daypass.run("delete", "database/roles/reader");
        says(3, ended, "permission denied (403)");
        assertTrue(ended.err().contains("path \"database/roles/reader\" {"), ended.err());
        assertTrue(ended.err().contains("capabilities = [\"delete\"]"), ended.err());
    }

    @Test
    void four_notFound() throws Exception {
        says(4, daypass.run("list", "nothing/here"), "can't list nothing/here: there is nothing there (404)");
    }

    @Test
    void five_busySealedOrUnreachable() throws Exception {
        broker.on("GET", "/v1/busy", 429, "{\"errors\":[\"the lane is full\"]}");
        says(5, daypass.run("read", "busy"), "the lane is full (429)");
        broker.on("GET", "/v1/x", 503, "{\"errors\":[\"the broker is sealed\"]}");
        says(5, daypass.run("read", "x"), "the broker is sealed (503)");
        broker.on(
                "GET",
                "/v1/sys/seal-status",
                200,
                "{\"type\":\"shamir\",\"initialized\":true,\"sealed\":true,\"t\":3,\"n\":5,\"progress\":1}");
        Launched.Ended sealed = daypass.run("status");
        assertEquals(5, sealed.code());
        assertTrue(sealed.out().contains("unseal progress   1 of 3"), sealed.out());
        says(5, daypass.run("--address", "http://127.0.0.1:" + freePort(), "status"), "nothing listens there");
    }

    @Test
    void five_hangsUp_mayBeTls() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread hangingUp = new Thread(() -> {
                try {
                    // The JDK's client tries once more.
                    while (!other.isClosed()) {
                        other.accept().close();
                    }
                } catch (IOException ended) {
                    // The test is over.
                }
            });
            hangingUp.start();
            Launched.Ended ended = daypass.run("--address", "http://127.0.0.1:" + other.getLocalPort(), "status");
            says(5, ended, "use https:// in the address");
        }
    }

    @Test
    void five_answerThatIsCutOff() throws Exception {
        broker.on("GET", "/v1/x", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.close();
        });
        assertEquals(5, daypass.run("read", "x").code());
    }

    @Test
    void five_muteBroker() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Launched impatient = new Launched(folder)
                    .with("DAYPASS_ADDR", "http://127.0.0.1:" + mute.getLocalPort())
                    .with("DAYPASS_CLIENT_TIMEOUT", "1s");
            says(5, impatient.run("status"), "did not answer within 1 s");
        }
    }

    @Test
    void sixtyFour_wrongUse() throws Exception {
        assertAll(
                () -> says(64, daypass.run("red", "x"), "there is no command \"red\""),
                () -> says(64, daypass.run("read", ""), "the path is empty"),
                () -> says(64, daypass.run("lease", "revoke", "--prefix", ""), "the prefix is empty"),
                () -> says(64, daypass.run("events", "tail", "--count", "0"), "a number from 1 up"),
                () -> says(64, daypass.run("run", "--lease", "x", "--env", "=a", "--", "true"), "can't be a variable"),
                () -> says(
                        64, daypass.run("run", "--lease", "x", "--env", "a", "--", "true"), "Value for option '--env'"),
                () -> says(64, daypass.run("-address", "http://127.0.0.1:99999", "status"), "an address is expected"),
                () -> says(64, daypass.run("read"), "Missing required parameter: 'PATH'"),
                () -> says(64, daypass.run("read", "--nope", "x"), "Unknown option: '--nope'"),
                () -> says(64, daypass.run("read", "-o", "xml", "x"), "\"xml\" is no format"),
                () -> says(64, daypass.run("write", "x"), "there is nothing to write"),
                () -> says(64, daypass.run("--address", "ftp://x", "status"), "--address: an address is expected"),
                () -> says(64, daypass.run("secrets", "move", "a", "b"), "mounts aren't moved"),
                () -> assertEquals(64, daypass.run().code()));
        assertTrue(broker.asked().isEmpty(), "nothing was asked of the broker");
    }

    private static void says(int code, Launched.Ended ended, String text) {
        assertEquals(code, ended.code(), ended.err());
        assertTrue(ended.err().startsWith("error: ") && ended.err().contains(text), ended.err());
        assertTrue(code == 4 || ended.err().contains("  next: ") || code == 2 || code == 1, ended.err());
        assertEquals("", ended.out());
        assertTrue(!ended.err().contains("s.token"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
