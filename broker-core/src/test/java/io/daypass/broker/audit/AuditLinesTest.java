package io.daypass.broker.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditLinesTest {
    private final PlainBarrier barrier = new PlainBarrier();
    private final AuditLines lines = new AuditLines(barrier);

    @Test
    void line_ofRequest_hidesEveryValueSent() {
        String line = line(Entries.request("r1"));
        assertTrue(line.endsWith("}\n"));
        assertEquals(1, line.lines().count());
        JsonNode json = Entries.json(line);
        assertEquals("2026-11-24T10:00:00.123456789Z", json.at("/time").textValue());
        assertEquals("request", json.at("/type").textValue());
        assertEquals("r1", json.at("/request/id").textValue());
        assertEquals("update", json.at("/request/operation").textValue());
        assertEquals("database/config/shop", json.at("/request/path").textValue());
        assertEquals("127.0.0.1", json.at("/request/remote_address").textValue());
        assertEquals("a \"reason\"", json.at("/request/reason").textValue());
        assertEquals("token-app", json.at("/auth/display_name").textValue());
        assertEquals(Entries.json("['default','app']"), json.at("/auth/policies"));
        assertEquals(lines.mac("an accessor"), json.at("/auth/accessor").textValue());
        JsonNode data = json.at("/request/data");
        assertEquals(lines.mac("hunter2"), data.at("/password").textValue());
        assertEquals("1h", data.at("/ttl").textValue());
        assertEquals(Entries.json("3"), data.at("/n"));
        assertEquals(lines.mac("123456"), data.at("/otp").textValue());
        assertEquals(Entries.json("1.5"), data.at("/x"));
        assertEquals(Entries.json("true"), data.at("/ok"));
        assertEquals(Entries.json("null"), data.at("/no"));
        assertEquals(lines.mac("a"), data.at("/list/0").textValue());
        assertEquals(Entries.json("1"), data.at("/list/1"));
        assertEquals(lines.mac("b"), data.at("/list/2/ttl/deep").textValue());
        assertFalse(line.contains("hunter2"));
    }

    @Test
    void line_ofResponse_hidesEveryValueAnswered() {
        String line = line(Entries.request("r1").answered(Instant.EPOCH, Entries.answer()));
        JsonNode json = Entries.json(line);
        assertEquals("1970-01-01T00:00:00Z", json.at("/time").textValue());
        assertEquals("response", json.at("/type").textValue());
        assertEquals("r1", json.at("/request/id").textValue());
        assertTrue(json.at("/request/data").isMissingNode());
        assertEquals(200, json.at("/response/status").intValue());
        assertEquals(lines.mac("a lease"), json.at("/response/lease_id").textValue());
        assertEquals(lines.mac("s3cret"), json.at("/response/data/password").textValue());
        assertEquals(lines.mac("d.1"), json.at("/response/auth/client_token").textValue());
        assertFalse(line.contains("s3cret") || line.contains("d.1\"") || line.contains("a lease"));
    }

    @Test
    void line_ofError_saysIt() {
        AuditEntry.Answer denied = new AuditEntry.Answer(403, null, null, "", List.of("permission denied"));
        JsonNode json = Entries.json(line(Entries.request("r1").answered(Instant.EPOCH, denied)));
        assertEquals(Entries.json("{'status':403,'errors':['permission denied']}"), json.at("/response"));
    }

    @Test
    void line_whileSealed_hasNoData() {
        barrier.open = false;
        assertSealed(line(Entries.request("r1")));
        barrier.open = true;
        barrier.macsUntilSealed = 2;
        assertSealed(line(Entries.request("r1")));
    }

    private static void assertSealed(String line) {
        assertEquals(1, line.lines().count());
        JsonNode json = Entries.json(line);
        assertTrue(json.at("/sealed").booleanValue());
        assertEquals("database/config/shop", json.at("/request/path").textValue());
        assertTrue(json.at("/request/data").isMissingNode());
        assertTrue(json.at("/auth/accessor").isMissingNode());
    }

    @Test
    void mac_isHmacSha256InHex() {
        // openssl dgst -sha256 -hmac "the audit key" gave it.
        assertEquals(
                "hmac-sha256:418c4a2f5161b7115b78a1a99b6611a4db6b3da934cbd0f3fae477ca664af1c5", lines.mac("hunter2"));
    }

    private String line(AuditEntry entry) {
        return new String(lines.line(entry), StandardCharsets.UTF_8);
    }
}
