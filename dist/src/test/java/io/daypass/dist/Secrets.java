package io.daypass.dist;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Every secret that one broker was seen to give away: none of them may be found where it writes. */
public final class Secrets {
    private static final Set<String> NAMES =
            Set.of("client_token", "password", "root_token", "keys", "keys_base64", "secret_id");
    private static final int SHORTEST = 8;

    private final Set<String> all = ConcurrentHashMap.newKeySet();

    /** Notes the secrets in an answer's body. */
    public void note(JsonNode body) {
        body.properties().forEach(member -> {
            JsonNode value = member.getValue();
            if (NAMES.contains(member.getKey())) {
                value.forEach(one -> add(one.asText()));
                add(value.asText());
            } else if (value.isContainerNode()) {
                note(value);
            }
        });
    }

    /** Notes one that was made elsewhere. */
    public void add(String secret) {
        if (secret.length() >= SHORTEST) {
            all.add(secret);
        }
    }

    /** How many there are. */
    public int count() {
        return all.size();
    }

    /** The first secret found in a text, shortened so that the report is no leak itself; empty if none is. */
    public String foundIn(String text) {
        for (String secret : all) {
            int at = text.indexOf(secret);
            if (at >= 0) {
                String before = text.substring(Math.max(0, at - 80), at);
                return secret.substring(0, 4) + "... after \"" + before + "\"";
            }
        }
        return "";
    }
}
