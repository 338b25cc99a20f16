package io.daypass.engine.ssh;

import io.daypass.broker.api.ApiException;
import io.daypass.plugin.Engine;
import io.daypass.testkit.Credential;
import io.daypass.testkit.EngineContract;
import java.util.Map;
import java.util.Set;

/** One-time passwords keep the contract: one works if a host that asks is told so, which spends it. */
class OneTimePasswordContractIT extends EngineContract {
    @Override
    protected Class<? extends Engine> engine() {
        return SshEngine.class;
    }

    @Override
    protected Map<String, String> configuration() {
        return Map.of("roles/door", "{'key_type':'otp','default_user':'ann','cidr_list':'10.0.0.0/8'}");
    }

    @Override
    protected String issuePath() {
        return "creds/door";
    }

    @Override
    protected String body() {
        return "{'ip':'10.1.2.3'}";
    }

    @Override
    protected Set<String> secretFields() {
        return Set.of("key");
    }

    @Override
    protected boolean works(Credential credential) {
        try {
            return asked("verify", "{'otp':'" + credential.text("key") + "'}")
                    .path("ip")
                    .asText()
                    .equals("10.1.2.3");
        } catch (ApiException e) {
            return false;
        }
    }
}
