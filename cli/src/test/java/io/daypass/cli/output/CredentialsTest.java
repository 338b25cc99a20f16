package io.daypass.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.daypass.cli.http.Json;
import io.daypass.cli.http.Reply;
import io.daypass.cli.shell.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CredentialsTest {
    private static final String ISSUED = "{\"lease_id\":\"l\",\"data\":{\"username\":\"u\",\"password\":\"p\","
            + "\"connection\":{\"host\":\"h\",\"port\":5432,\"database\":\"d\",\"sslmode\":\"require\"}}}";

    @Test
    void of_setsWhatProgramsLookFor() throws IOException {
        assertEquals(
                Map.of(
                        "DAYPASS_LEASE_ID", "l",
                        "DB_USERNAME", "u",
                        "DB_PASSWORD", "p",
                        "PGUSER", "u",
                        "PGPASSWORD", "p",
                        "PGHOST", "h",
                        "PGPORT", "5432",
                        "PGDATABASE", "d",
                        "PGSSLMODE", "require"),
                Credentials.of(reply(ISSUED), Map.of()));
    }

    @Test
    void of_renames() throws IOException {
        Map<String, String> variables =
                Credentials.of(reply(ISSUED), Map.of("APP_USER", "username", "APP_HOST", "connection.host"));
        assertEquals("u", variables.get("APP_USER"));
        assertEquals("h", variables.get("APP_HOST"));
        assertFalse(variables.containsKey("DB_USERNAME"));
        assertEquals("p", variables.get("DB_PASSWORD"));
    }

    @Test
    void of_unknownField_isWrongUse() throws IOException {
        Reply reply = reply(ISSUED);
        Failure failure = assertThrows(Failure.class, () -> Credentials.of(reply, Map.of("X", "nope")));
        assertEquals("the lease has no field \"nope\"; it has username, password, connection", failure.text());
    }

    @Test
    void of_otherLease_isItsIdAlone() throws IOException {
        assertEquals(
                Map.of("DAYPASS_LEASE_ID", "l"),
                Credentials.of(reply("{\"lease_id\":\"l\",\"data\":{\"key\":\"k\"}}"), Map.of()));
    }

    @Test
    void put_takesOutWhatWouldLeadElsewhere() throws IOException {
        Map<String, String> environment = new HashMap<>(Map.of("PGHOSTADDR", "6.6.6.6", "PGSERVICE", "x", "A", "b"));
        Credentials.put(Credentials.of(reply(ISSUED), Map.of()), environment);
        assertFalse(environment.containsKey("PGHOSTADDR"));
        assertFalse(environment.containsKey("PGSERVICE"));
        assertEquals("b", environment.get("A"));
    }

    private static Reply reply(String text) throws IOException {
        return new Reply(200, Json.read(text.getBytes(StandardCharsets.UTF_8)));
    }
}
