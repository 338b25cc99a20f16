package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nothing mints by accident: requests that can't mean what they would do. */
@ExtendWith(World.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AccidentsIT {
    private Api root;
    private DatabaseMount mount;

    @BeforeAll
    void mount(World world) throws IOException, SQLException {
        root = world.broker().root();
        mount = DatabaseMount.of(root, world.shop());
    }

    @AfterEach
    void nothingWasMinted() throws SQLException {
        assertTrue(mount.rows("").isEmpty());
        assertTrue(mount.shop().users().isEmpty());
    }

    @Test
    void head_onAnIssuingPath_is405() {
        assertEquals(
                405, root.send(creds().method("HEAD", BodyPublishers.noBody())).status());
    }

    @Test
    void wrapping_is400() {
        assertEquals(
                400, root.send(creds().header("X-Vault-Wrap-TTL", "60s").GET()).status());
    }

    @Test
    void batchToken_is400() {
        assertEquals(
                400, root.write("auth/token/create", Map.of("type", "batch")).status());
    }

    @Test
    void differingTokens_is400() {
        assertEquals(
                400,
                root.send(creds().header("Authorization", "Bearer another").GET())
                        .status());
    }

    @Test
    void namespace_is400() {
        assertEquals(
                400,
                root.send(creds().header("X-Vault-Namespace", "team").GET()).status());
    }

    @Test
    void reason_withAControlCharacter_orTooLong_is400() throws IOException {
        assertEquals(
                400,
                root.send(creds().header("X-Daypass-Reason", "x".repeat(257)).GET())
                        .status());
        try (RawClient client = new RawClient(root)) {
            client.ask("GET", "/v1/" + mount.path() + "/creds/reader", "X-Daypass-Reason: a\tb");
            assertEquals(400, client.status());
        }
    }

    @Test
    void delete_onAnIssuingPath_is405() {
        assertEquals(405, root.delete(mount.path() + "/creds/reader").status());
    }

    private HttpRequest.Builder creds() {
        return root.request(mount.path() + "/creds/reader");
    }
}
