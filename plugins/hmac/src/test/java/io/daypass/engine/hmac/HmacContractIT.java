package io.daypass.engine.hmac;

import io.daypass.broker.api.ApiException;
import io.daypass.plugin.Engine;
import io.daypass.testkit.Credential;
import io.daypass.testkit.EngineContract;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
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
        return Map.of("roles/web", "{}", "roles/all", "{'keys':'shared'}");
    }

    @Override
    protected String issuePath() {
        return "creds/web";
    }

    @Override
    protected Set<String> secretFields() {
        return Set.of("key");
    }

    /** Of the keys that are shared, which are made when they are due, one signs and one is next. */
    @Override
    protected boolean isSettled() {
        List<String> states = read("keys/all").path("keys").findValuesAsText("state");
        return Collections.frequency(states, "current") == 1 && Collections.frequency(states, "next") == 1;
    }

    @Override
    protected boolean works(Credential credential) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(credential.text("key")), "HmacSHA256"));
        Base64.Encoder base64 = Base64.getEncoder();
        String body = "{'input':'%s','hmac':'%s','key_id':'%s'}"
                .formatted(
                        base64.encodeToString(INPUT),
                        base64.encodeToString(mac.doFinal(INPUT)),
                        credential.text("key_id"));
        try {
            return asked("verify/web", body).path("valid").asBoolean();
        } catch (ApiException e) {
            return false;
        }
    }
}
