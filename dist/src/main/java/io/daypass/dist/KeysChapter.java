package io.daypass.dist;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** A session is signed, outlives the rotation of its key, and ends when the key is given up as leaked. */
final class KeysChapter {
    private static final String SESSION =
            Base64.getEncoder().encodeToString("user=ann".getBytes(StandardCharsets.UTF_8));

    private final Api api;
    private final Narrator narrator;

    KeysChapter(Api api, Narrator narrator) {
        this.api = api;
        this.narrator = narrator;
    }

    void play() {
        api.write("sys/mounts/hmac", Map.of("type", "hmac")).ok();
        api.write("hmac/roles/web", Map.of("keys", "shared", "session_ttl", "8h"))
                .ok();
        Answer signed = sign();
        String first = signed.data("key_id");
        narrator.check(isValid(signed), "a session is signed by the key " + first + "; the key stays inside");
        String second = api.write("hmac/rotate/web", Map.of()).ok().data("key_id");
        narrator.check(!second.equals(first), "POST /v1/hmac/rotate/web: from now on " + second + " signs");
        narrator.check(isValid(signed), "the session of before is still good: its key goes on checking for 8 h");
        Answer later = sign();
        api.write("hmac/rotate/web", Map.of("retire", first)).ok();
        narrator.check(!isValid(signed), first + " is said to have leaked: what it has signed is worth nothing now");
        narrator.check(isValid(later), "and nobody else is logged out");
    }

    private Answer sign() {
        return api.write("hmac/sign/web", Map.of("input", SESSION)).ok();
    }

    private boolean isValid(Answer signed) {
        return api.write("hmac/verify/web", Map.of("input", SESSION, "hmac", signed.data("hmac")))
                .ok()
                .data()
                .path("valid")
                .asBoolean();
    }
}
