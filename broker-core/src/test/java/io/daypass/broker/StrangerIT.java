package io.daypass.broker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a stranger, or the holder of a weak token, gets for trying. */
class StrangerIT {
    private static final String SELF = "auth/token/lookup-self";
    private static final String CREATE = "auth/token/create";

    private static RunningBroker broker;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        broker = RunningBroker.start(folder);
        broker.policy("maker", "path \"auth/token/create\" { capabilities = [\"update\"] }");
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void childToken_ofARevokedParent_isRefusedFromThenOn() throws IOException {
        String parent = broker.token("{\"policies\":[\"maker\"]}");
        String child = child(parent);
        String grandchild = child(child);
        assertEquals(200, self(grandchild));
        broker.as(parent, "POST", "auth/token/revoke-self", "");
        assertEquals(403, self(grandchild));
        assertEquals(403, self(child));
    }

    @Test
    void childToken_freedFromItsParent_livesOnAndIsRenewed() throws IOException {
        String parent = broker.token("{\"policies\":[\"maker\"]}");
        String child = child(parent);
        assertEquals(200, self(child));
        assertEquals(
                204,
                broker.as("root", "POST", "auth/token/revoke-orphan", "{\"token\":\"" + parent + "\"}")
                        .status());
        assertEquals(403, self(parent));
        RunningBroker.Answer shown = broker.as(child, "GET", SELF, "");
        assertEquals(200, shown.status());
        assertTrue(shown.body().at("/data/orphan").asBoolean(), shown.text());
        assertEquals(200, broker.as(child, "POST", "auth/token/renew-self", "").status());
    }

    @Test
    void lastUseOfAToken_thatWouldMint_isRefused() throws IOException {
        String token = broker.token("{\"policies\":[\"maker\"],\"num_uses\":1}");
        RunningBroker.Answer refused = broker.as(token, "POST", CREATE, "");
        assertEquals(400, refused.status());
        assertTrue(refused.text().contains("last use"), refused.text());
        assertEquals(403, self(token));
    }

    @Test
    void twoTokenHeaders_thatDiffer_are400() throws IOException {
        assertEquals(
                400,
                broker.ask("GET", SELF, "", "X-Vault-Token", "root", "X-Vault-Token", "other")
                        .status());
        assertEquals(
                200,
                broker.ask("GET", SELF, "", "X-Vault-Token", "root", "X-Vault-Token", "root")
                        .status());
        assertEquals(
                400,
                broker.ask("GET", SELF, "", "Authorization", "Bearer root", "Authorization", "Bearer other")
                        .status());
        assertEquals(
                200,
                broker.ask("GET", SELF, "", "Authorization", "Basic eDp5", "Authorization", "Bearer root")
                        .status());
    }

    @Test
    void policyNameInCapitals_getsAroundNoDeny() throws IOException {
        String text = "path \"a\" { capabilities = [\"read\"] }";
        broker.policy("kept", text);
        broker.policy(
                "author",
                "path \"sys/policies/acl/*\" { capabilities = [\"create\", \"read\", \"update\","
                        + " \"delete\"] } path \"sys/policies/acl/kept\" { capabilities = [\"deny\"] }");
        String token = broker.token("{\"policies\":[\"author\"]}");
        String body = "{\"policy\":\"path \\\"b\\\" { capabilities = [\\\"read\\\"] }\"}";
        for (String name : List.of("kept", "Kept", "KEPT", "%E2%84%AAept")) {
            String path = "sys/policies/acl/" + name;
            assertEquals(403, broker.as(token, "PUT", path, body).status(), name);
            assertEquals(403, broker.as(token, "GET", path, "").status(), name);
            assertEquals(403, broker.as(token, "DELETE", path, "").status(), name);
        }
        assertTrue(broker.as("root", "GET", "sys/policies/acl/KEPT", "").text().contains("path \\\"a\\\""));
        assertEquals(
                204, broker.as(token, "PUT", "sys/policies/acl/Other", body).status());
        assertEquals(200, broker.as(token, "GET", "sys/policies/acl/other", "").status());
    }

    @ParameterizedTest
    @CsvSource({"limit=0, 400", "limit=1, 200", "limit=1001, 400", "after=-1, 400", "after=0, 200"})
    void leaseQuery_answersNumbersOutOfBoundsWith400(String query, int status) throws IOException {
        assertEquals(
                status,
                broker.as("root", "GET", "sys/leases/query?" + query, "").status());
    }

    @Test
    void head_ofTheEventStream_isOver() throws IOException {
        try (Socket socket = broker.connect()) {
            say(socket, "HEAD /v1/sys/events/subscribe HTTP/1.1", "X-Vault-Token: root", "Connection: close");
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
            assertFalse(answer.contains("daypass lease events"), answer);
        }
    }

    @Test
    void eventStream_whosePolicyIsTakenAway_ends() throws IOException {
        broker.policy("listener", "path \"sys/events/subscribe\" { capabilities = [\"read\"] }");
        String token = broker.token("{\"policies\":[\"listener\"]}");
        try (Socket socket = broker.connect();
                BufferedReader lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
            say(socket, "GET /v1/sys/events/subscribe HTTP/1.1", "X-Vault-Token: " + token, "Connection: close");
            String line = lines.readLine();
            while (!line.contains("daypass lease events")) {
                line = lines.readLine();
            }
            broker.as("root", "DELETE", "sys/policies/acl/listener", "");
            while (line != null) {
                line = lines.readLine();
            }
            assertNull(line);
        }
    }

    @Test
    void eventStream_afterTheLastCursorThereCanBe_beginsNotAnew() throws IOException {
        broker.policy("listener-2", "path \"sys/events/subscribe\" { capabilities = [\"read\"] }");
        String token = broker.token("{\"policies\":[\"listener-2\"]}");
        try (Socket socket = broker.connect()) {
            say(
                    socket,
                    "GET /v1/sys/events/subscribe?after=" + Long.MAX_VALUE + " HTTP/1.1",
                    "X-Vault-Token: " + token,
                    "Connection: close");
            String head = new String(socket.getInputStream().readNBytes(16), UTF_8);
            assertTrue(head.startsWith("HTTP/1.1 200"), head);
            broker.as("root", "POST", "auth/token/revoke", "{\"token\":\"" + token + "\"}");
            String stream = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertFalse(stream.contains("event: gap"), stream);
        }
    }

    @Test
    void bodyWithoutAnEnd_isCutOff() throws IOException {
        byte[] chunk = ("100000\r\n" + "a".repeat(0x100000) + "\r\n").getBytes(ISO_8859_1);
        int sent = 0;
        try (Socket socket = broker.connect()) {
            say(socket, "POST /v1/sys/init HTTP/1.1", "Transfer-Encoding: chunked");
            OutputStream out = socket.getOutputStream();
            for (; sent < 200; sent++) {
                out.write(chunk);
            }
        } catch (SocketException cutOff) {
            assertTrue(sent > 32, "after " + sent + " MiB");
        }
        assertTrue(sent < 200, "it took all of it");
    }

    @Test
    void capabilities_areThoseThatARequestWouldMeet() throws IOException {
        broker.policy(
                "vault",
                "path \"vault/*\" { capabilities = [\"read\"] } path \"vault/door\" { capabilities = [\"deny\"] }");
        String token = broker.token("{\"policies\":[\"vault\"]}");
        RunningBroker.Answer answer =
                broker.as(token, "POST", "sys/capabilities-self", "{\"paths\":[\"//vault//door\",\"auth\"]}");
        assertEquals(
                "deny", answer.body().at("/data").path("//vault//door").path(0).asText());
        assertTrue(answer.body().path("auth").isNull(), answer.text());
        assertEquals(answer.text().indexOf("\"auth\":null"), answer.text().lastIndexOf("\"auth\":null"));
        assertEquals(2, answer.text().split("\"auth\":", -1).length - 1, answer.text());
    }

    @Test
    void policyNames_ofATokenInCapitals_areTheSamePolicies() throws IOException {
        String token = broker.token("{\"policies\":[\" Maker\"]}");
        assertEquals(200, broker.as(token, "POST", CREATE, "").status());
        assertEquals(
                400,
                broker.as(token, "POST", CREATE, "{\"policies\":[\"ROOT\"]}").status());
    }

    @Test
    void meta_beyondItsBound_is400() throws IOException {
        String meta = "{\"meta\":{\"a\":\"" + "b".repeat(65_536) + "\"}}";
        assertEquals(400, broker.as("root", "POST", CREATE, meta).status());
    }

    @ParameterizedTest
    @CsvSource({"\\u202enimda", "a\\u200db", "a\\u2028b", "a\\ud800b", "a\\nb"})
    void displayName_withWhatIsNotSeen_is400(String name) throws IOException {
        assertEquals(
                400,
                broker.as("root", "POST", CREATE, "{\"display_name\":\"" + name + "\"}")
                        .status());
    }

    @Test
    void tuning_needsUpdate_notCreate() throws IOException {
        broker.policy("tuner", "path \"sys/mounts/+/tune\" { capabilities = [\"update\"] }");
        broker.policy("enabler", "path \"sys/mounts/+/tune\" { capabilities = [\"create\"] }");
        String tuner = broker.token("{\"policies\":[\"tuner\"]}");
        String enabler = broker.token("{\"policies\":[\"enabler\"]}");
        assertEquals(400, broker.as(tuner, "POST", "sys/mounts/none/tune", "{}").status());
        assertEquals(
                403, broker.as(enabler, "POST", "sys/mounts/none/tune", "{}").status());
    }

    @Test
    void membersThatAreNull_areNoReasonToWarn() throws IOException {
        assertEquals(
                204,
                broker.as(
                                "root",
                                "PUT",
                                "sys/policies/acl/quiet",
                                "{\"policy\":\"path \\\"a\\\" { capabilities = [\\\"read\\\"] }\",\"other\":null}")
                        .status());
    }

    @Test
    void auditLog_namesNoTokenAndNoLease_whereverTheyWere() throws IOException {
        String token = broker.token("{}");
        RunningBroker.Answer lookup = broker.as("root", "POST", "auth/token/lookup", "{\"token\":\"" + token + "\"}");
        String accessor = lookup.body().at("/data/accessor").asText();
        broker.as("root", "GET", "auth/token/lookup/" + token, "");
        broker.as("root", "POST", "auth/token/revoke-accessor/" + accessor, "");
        broker.as("root", "GET", "sys/leases/revoke/database/creds/reader/" + accessor, "");
        String audit = Files.readString(broker.audit());
        assertTrue(audit.contains("auth/token/lookup/(token)"), audit);
        assertTrue(audit.contains("sys/leases/revoke/database/creds/reader/(id)"), audit);
        assertFalse(audit.contains(token), "the token is in the audit log");
        assertFalse(audit.contains(accessor), "the accessor is in the audit log");
    }

    @Test
    void developmentServer_answersToItsNameInCapitals_andToNoOther() throws IOException {
        assertTrue(statusLineFor("LOCALHOST").contains(" 200 "));
        assertTrue(statusLineFor("evil.example").contains(" 421 "));
    }

    private static String statusLineFor(String host) throws IOException {
        try (Socket socket = broker.connect()) {
            socket.getOutputStream()
                    .write(("GET /v1/sys/health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), UTF_8).split("\r\n", 2)[0];
        }
    }

    private static void say(Socket socket, String line, String... headers) throws IOException {
        String head = line + "\r\nHost: localhost\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(ISO_8859_1));
    }

    private static String child(String parent) throws IOException {
        return broker.as(parent, "POST", CREATE, "")
                .body()
                .at("/auth/client_token")
                .asText();
    }

    private static int self(String token) throws IOException {
        return broker.as(token, "GET", SELF, "").status();
    }
}
