package io.daypass.broker.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/** Entries to write. */
final class Entries {
    static final Instant NOW = Instant.parse("2026-11-24T10:00:00.123456789Z");

    private static final ObjectMapper JSON = new ObjectMapper();

    private Entries() {}

    static AuditEntry request(String id) {
        return new AuditEntry(
                NOW,
                id,
                "update",
                "database/config/shop",
                "127.0.0.1",
                "a \"reason\"",
                "token-app",
                List.of("default", "app"),
                "an accessor",
                json(
                        "{'username':'broker','password':'hunter2','ttl':'1h','n':3,'otp':123456,'x':1.5,'ok':true,'no':null,"
                                + "'list':['a',1,{'ttl':{'deep':'b'}}],'empty':{}}"),
                null);
    }

    static AuditEntry.Answer answer() {
        return new AuditEntry.Answer(
                200,
                json("{'username':'d-x','password':'s3cret'}"),
                json("{'client_token':'d.1'}"),
                "a lease",
                List.of());
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
