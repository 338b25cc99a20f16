package io.daypass.broker.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.broker.api.Times;
import io.daypass.lease.Lease;
import java.time.Instant;
import java.util.Map;

/** How a token is shown. */
final class TokenView {
    private final Ids ids;

    /** @param ids what its accessor is made by */
    TokenView(Ids ids) {
        this.ids = ids;
    }

    /** The {@code auth} member for a token that was made, or renewed. */
    ObjectNode auth(String text, long n, TokenInfo info, boolean renewable) {
        ObjectNode auth = JsonNodeFactory.instance.objectNode();
        auth.put("client_token", text);
        auth.put("accessor", ids.accessor(n));
        info.policies().forEach(auth.putArray("policies")::add);
        info.policies().forEach(auth.putArray("token_policies")::add);
        auth.putNull("identity_policies");
        auth.set("metadata", meta(info));
        auth.put("lease_duration", 0);
        auth.put("renewable", renewable);
        auth.put("entity_id", "");
        auth.put("token_type", "service");
        auth.put("orphan", info.orphan());
        auth.putNull("mfa_requirement");
        auth.put("num_uses", info.numUses());
        return auth;
    }

    /**
     * What a lookup answers.
     *
     * @param text the token, if whoever asks sent it; else empty
     */
    ObjectNode lookup(String text, Token token, Instant now) {
        Lease lease = token.lease();
        TokenInfo info = token.info();
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("id", text);
        data.put("accessor", ids.accessor(lease.n()));
        info.policies().forEach(data.putArray("policies")::add);
        data.put("ttl", Times.secondsLeft(lease.expiresAt(), now));
        data.put("creation_ttl", info.creationTtl().toSeconds());
        data.put("creation_time", lease.issuedAt().getEpochSecond());
        data.put("issue_time", Times.text(lease.issuedAt()));
        if (lease.expiresAt().equals(Lease.NEVER)) {
            data.putNull("expire_time");
        } else {
            data.put("expire_time", Times.text(lease.expiresAt()));
        }
        data.put("explicit_max_ttl", info.explicitMaxTtl().toSeconds());
        if (!info.period().isZero()) {
            data.put("period", info.period().toSeconds());
        }
        data.put("display_name", info.displayName());
        data.set("meta", meta(info));
        data.put("num_uses", lease.usesLeft());
        data.put("orphan", lease.parent() == 0);
        data.put("path", info.path());
        data.put("renewable", lease.renewable());
        data.put("type", "service");
        data.put("entity_id", "");
        return data;
    }

    private static JsonNode meta(TokenInfo info) {
        if (info.meta().isEmpty()) {
            return JsonNodeFactory.instance.nullNode();
        }
        ObjectNode meta = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, String> member : info.meta().entrySet()) {
            meta.put(member.getKey(), member.getValue());
        }
        return meta;
    }
}
