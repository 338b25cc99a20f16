package io.daypass.broker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the contract says about paths of {@code sys}, asked over HTTP. */
@Timeout(60)
class ContractIT {
    private static final String CREATE = "auth/token/create";

    private static RunningBroker broker;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        broker = RunningBroker.start(folder);
        for (int i = 0; i < 5; i++) {
            broker.token("{}");
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void listOfLeases_longerThanItsLimit_saysHowToGoOn() throws IOException {
        TreeSet<String> all = new TreeSet<>(keys(list("")));
        TreeSet<String> paged = new TreeSet<>();
        String after = "";
        for (JsonNode page = list("&limit=2"); ; page = list("&limit=2&after=" + after)) {
            List<String> keys = keys(page);
            paged.addAll(keys);
            String warning = page.path("warnings").path(0).asText();
            if (warning.isEmpty()) {
                break;
            }
            int at = warning.indexOf("?after=") + "?after=".length();
            after = warning.substring(at, warning.indexOf(' ', at));
        }
        assertEquals(all, paged);
        assertTrue(all.size() >= 5, all::toString);
    }

    private static JsonNode list(String query) throws IOException {
        return broker.as("root", "GET", "sys/leases/lookup/" + CREATE + "?list=true" + query, "")
                .body();
    }

    private static List<String> keys(JsonNode page) {
        List<String> keys = new ArrayList<>();
        page.at("/data/keys").forEach(key -> keys.add(key.asText()));
        return keys;
    }

    @Test
    void listOfLeases_afterWhatIsNoKey_is400() throws IOException {
        RunningBroker.Answer refused =
                broker.as("root", "GET", "sys/leases/lookup/" + CREATE + "?list=true&after=x", "");
        assertEquals(400, refused.status());
        assertTrue(refused.text().contains("after:"), refused.text());
    }

    @Test
    void query_byMount_takesItsPath() throws IOException {
        RunningBroker.Answer found = broker.as("root", "GET", "sys/leases/query?mount=auth/token/", "");
        assertTrue(found.body().at("/data/leases").size() >= 5, found.text());
        RunningBroker.Answer refused = broker.as("root", "GET", "sys/leases/query?mount=nowhere", "");
        assertEquals(400, refused.status());
        assertTrue(refused.text().contains("mount: nothing is mounted there"), refused.text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"pgp_keys\":[\"mQENBF\"]}",
                "{\"pgp_keys\":\"keybase:me\"}",
                "{\"root_token_pgp_key\":\"mQENBF\"}",
                "{\"recovery_pgp_keys\":[\"mQENBF\"]}"
            })
    void init_withPgpKeys_isRefused(String body) throws IOException {
        RunningBroker.Answer refused = broker.ask("PUT", "sys/init", body);
        assertEquals(400, refused.status());
        assertTrue(refused.text().contains("can't be encrypted to PGP keys"), refused.text());
    }

    /** What {@code vault operator init} sends is understood; here it comes too late. */
    @Test
    void init_asVaultsClientSendsIt_getsAsFarAsBeingTooLate() throws IOException {
        String sent = "{\"secret_shares\":5,\"secret_threshold\":3,\"stored_shares\":1,\"pgp_keys\":null,"
                + "\"recovery_shares\":5,\"recovery_threshold\":3,\"recovery_pgp_keys\":[],\"root_token_pgp_key\":\"\"}";
        RunningBroker.Answer refused = broker.ask("PUT", "sys/init", sent);
        assertEquals(400, refused.status());
        assertTrue(refused.text().contains("already initialised"), refused.text());
    }

    @Test
    void events_beginWithAnId_fromWhichToGoOn() throws IOException {
        String id;
        try (Socket socket = subscribe("")) {
            id = lineAfter(lines(socket), "id: ");
        }
        broker.token("{}");
        try (Socket socket = subscribe("Last-Event-ID: " + id + "\r\n")) {
            BufferedReader lines = lines(socket);
            assertEquals(id, lineAfter(lines, "id: "));
            assertTrue(lineAfter(lines, "data: ").contains("\"path\":\"" + CREATE + "\""));
        }
    }

    private static Socket subscribe(String header) throws IOException {
        Socket socket = broker.connect();
        String request = "GET /v1/sys/events/subscribe HTTP/1.1\r\nHost: localhost\r\nX-Vault-Token: root\r\n" + header;
        socket.getOutputStream().write((request + "\r\n").getBytes(ISO_8859_1));
        return socket;
    }

    private static BufferedReader lines(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    }

    private static String lineAfter(BufferedReader lines, String begin) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(begin)) {
                return line.substring(begin.length());
            }
        }
        throw new AssertionError("the stream ended");
    }
}
