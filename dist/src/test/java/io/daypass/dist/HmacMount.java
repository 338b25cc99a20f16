package io.daypass.dist;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A mount of the HMAC engine with one role, {@code web}. */
final class HmacMount {
    private final Api root;
    private final String path;

    private HmacMount(Api root, String path) {
        this.root = root;
        this.path = path;
    }

    /** Mounts one, at a path of its own. */
    static HmacMount of(Api root, Map<String, ?> role) {
        String path = "hmac-" + UUID.randomUUID();
        root.write("sys/mounts/" + path, Map.of("type", "hmac")).ok();
        HmacMount mount = new HmacMount(root, path);
        root.write(path + "/roles/web", role).ok();
        return mount;
    }

    String path() {
        return path;
    }

    /** Where apps find it. */
    URI address() {
        return root.address().resolve("/v1/" + path);
    }

    Answer creds() {
        return root.read(path + "/creds/web").ok();
    }

    Answer keyset() {
        return root.read(path + "/keyset/web").ok();
    }

    /** The keys that a verifier must accept, by their ids. */
    Map<String, JsonNode> keys() {
        Map<String, JsonNode> keys = new HashMap<>();
        keyset().data().path("keys").forEach(key -> keys.put(key.path("kid").asText(), key));
        return keys;
    }

    /** The states of all keys. */
    List<String> states() {
        List<String> states = new ArrayList<>();
        root.read(path + "/keys/web")
                .ok()
                .data()
                .path("keys")
                .forEach(key -> states.add(key.path("state").asText()));
        return states;
    }

    Answer rotate(Map<String, ?> how) {
        return root.write(path + "/rotate/web", how).ok();
    }

    Answer revoke(Answer creds) {
        return root.put("sys/leases/revoke", Map.of("lease_id", creds.leaseId()));
    }
}
