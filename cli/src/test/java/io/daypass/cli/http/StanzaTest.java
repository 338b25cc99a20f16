package io.daypass.cli.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class StanzaTest {
    @Test
    void of_saysThePathAndWhatTheVerbTakes() {
        assertEquals(
                List.of("  path \"database/creds/reader\" {", "    capabilities = [\"read\"]", "  }"),
                Stanza.of(Call.read("/v1/database/creds/reader")));
        assertTrue(capabilities(Call.write("a", Json.object())).contains("[\"create\", \"update\"]"));
        assertTrue(capabilities(Call.list("a")).contains("[\"list\"]"));
        assertTrue(capabilities(Call.delete("a")).contains("[\"delete\"]"));
    }

    @Test
    void of_addsSudoWhereItTakesThat() {
        assertTrue(capabilities(Call.write("sys/seal", Json.object())).contains("\"sudo\""));
        assertTrue(capabilities(Call.write("sys/leases/revoke-prefix/x", Json.object()))
                .contains("\"sudo\""));
        assertTrue(capabilities(Call.list("sys/leases/lookup/x")).contains("\"sudo\""));
        assertTrue(capabilities(Call.write("auth/token/create", Json.object().put("period", "1h")))
                .contains("\"sudo\""));
        assertTrue(!capabilities(Call.write("auth/token/create", Json.object())).contains("sudo"));
        assertTrue(!capabilities(Call.write("sys/leases/lookup", Json.object())).contains("sudo"));
    }

    @Test
    void of_quotesThePath() {
        assertEquals("  path \"a\\\"b\\\\c\" {", Stanza.of(Call.read("a\"b\\c")).get(0));
    }

    private static String capabilities(Call call) {
        return Stanza.of(call).get(1);
    }
}
