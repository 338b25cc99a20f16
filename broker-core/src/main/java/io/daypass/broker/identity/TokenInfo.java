package io.daypass.broker.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a token's row holds, sealed, beside its times: everything about a token but the token.
 *
 * @param policies in order, without repetition
 * @param meta whatever its creator wrote beside it
 * @param displayName the holder's name
 * @param path where it was made
 * @param orphan whether it ends with nobody but itself
 * @param depth how many tokens it hangs from
 * @param creationTtl what it was given at first; zero: no end
 * @param period what each renewal gives; zero: not periodic
 * @param explicitMaxTtl what it can never outlive; zero: no such bound
 * @param numUses how often it could be used at first; 0: as often as one likes
 */
public record TokenInfo(
        List<String> policies,
        Map<String, String> meta,
        String displayName,
        String path,
        boolean orphan,
        int depth,
        Duration creationTtl,
        Duration period,
        Duration explicitMaxTtl,
        int numUses) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public TokenInfo {
        policies = List.copyOf(policies);
        meta = Map.copyOf(meta);
    }

    /** Whether it may do everything. */
    public boolean isRoot() {
        return policies.contains("root");
    }

    byte[] toBytes() {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode names = json.putArray("policies");
        policies.forEach(names::add);
        ObjectNode beside = json.putObject("meta");
        meta.forEach(beside::put);
        json.put("display_name", displayName);
        json.put("path", path);
        json.put("orphan", orphan);
        json.put("depth", depth);
        json.put("creation_ttl", creationTtl.toSeconds());
        json.put("period", period.toSeconds());
        json.put("explicit_max_ttl", explicitMaxTtl.toSeconds());
        json.put("num_uses", numUses);
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of texts and numbers could not be written", impossible);
        }
    }

    static TokenInfo of(byte[] bytes) {
        try {
            JsonNode json = JSON.readTree(bytes);
            List<String> policies = new ArrayList<>();
            json.path("policies").forEach(name -> policies.add(name.asText()));
            Map<String, String> meta = new LinkedHashMap<>();
            json.path("meta")
                    .properties()
                    .forEach(member ->
                            meta.put(member.getKey(), member.getValue().asText()));
            return new TokenInfo(
                    policies,
                    meta,
                    json.path("display_name").asText(),
                    json.path("path").asText(),
                    json.path("orphan").asBoolean(),
                    json.path("depth").asInt(),
                    Duration.ofSeconds(json.path("creation_ttl").asLong()),
                    Duration.ofSeconds(json.path("period").asLong()),
                    Duration.ofSeconds(json.path("explicit_max_ttl").asLong()),
                    json.path("num_uses").asInt());
        } catch (IOException unreadable) {
            throw new IllegalStateException(
                    "a token's row holds " + new String(bytes, StandardCharsets.UTF_8).length()
                            + " characters that are no JSON",
                    unreadable);
        }
    }
}
