package io.daypass.engine.hmac;

import com.fasterxml.jackson.databind.JsonNode;
import io.daypass.broker.api.ApiException;
import io.daypass.plugin.Engine;
import io.daypass.testkit.EngineContract;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The engine keeps the contract: what is signed with a key is good for as long as the key is. */
class HmacContractIT extends EngineContract {
    private static final byte[] INPUT = {1, 2, 3};

    @Override
    protected Class<? extends Engine> engine() {
        return HmacEngine.class;
    }

    @Override
    protected Map<String, String> configuration() {
        return Map.of("roles/web", "{}");
    }

    @Override
    protected String issuePath() {
        return "creds/web";
    }

    @Override
    protected Set<String> secretFields() {
        return Set.of("key");
    }

    @Override
    protected boolean works(JsonNode data) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(data.path("key").asText()), "HmacSHA256"));
        Base64.Encoder base64 = Base64.getEncoder();
        String body = "{'input':'%s','hmac':'%s','key_id':'%s'}"
                .formatted(
                        base64.encodeToString(INPUT),
                        base64.encodeToString(mac.doFinal(INPUT)),
                        data.path("key_id").asText());
        try {
            return asked("verify/web", body).path("valid").asBoolean();
        } catch (ApiException e) {
            return false;
        }
    }
}
