package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can't be read is refused, with the name of the field, and changes nothing. */
@ExtendWith(World.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostileInputIT {
    private static final int TOO_LARGE = 33 * 1024 * 1024;

    private Api root;
    private DatabaseMount mount;

    @BeforeAll
    void mount(World world) throws IOException, SQLException {
        root = world.broker().root();
        mount = DatabaseMount.of(root, world.shop());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "\"text\"",
                "7",
                "{\"db_name\":\"shop\"} {}",
                "{\"db_name\":\"shop\",\"db_name\":\"other\"}",
                "{\"default_ttl\":\"1h\"}x",
                "\u0000"
            })
    void body_thatIsNoObject_is400(String body) {
        unchanged(() -> root.writeText(role(), body), 400, "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "default_ttl | \"1 fortnight\"",
                "default_ttl | \"-5s\"",
                "default_ttl | -5",
                "default_ttl | 99999999999999999999",
                "default_ttl | \"9999999999999h\"",
                "default_ttl | true",
                "default_ttl | {\"a\":1}",
                "max_ttl | [1]",
                "scram_iterations | \"many\"",
                "scram_iterations | -1",
                "scram_iterations | 99999999999",
                "db_name | {\"a\":1}",
                "creation_statements | {\"a\":1}",
                "creation_statements | [[\"a\"]]"
            })
    void field_ofAWrongKind_is400AndNamed(String field, String value) {
        unchanged(() -> root.writeText(role(), "{\"" + field + "\":" + value + "}"), 400, field);
    }

    @Test
    void body_of33MiB_sent_is413() {
        unchanged(() -> root.writeText(role(), " ".repeat(TOO_LARGE)), 413, "");
    }

    @Test
    void body_of33MiB_announced_is413AtOnce() throws IOException {
        try (RawClient client = new RawClient(root)) {
            client.say(client.head(
                            "POST",
                            "/v1/" + role(),
                            "Content-Length: " + TOO_LARGE,
                            "Content-Type: application/json",
                            "Connection: close")
                    + "\r\n");
            assertEquals(413, client.status());
        }
        unchanged(() -> root.read(role()), 200, "");
    }

    @Test
    void body_deeplyNested_is400() {
        String nested = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);
        unchanged(() -> root.writeText(role(), nested), 400, "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s/roles/.%%2e/reader",
                "%s/roles/%%2e%%2e/reader",
                "%s/roles/a%%2fb",
                "%s/roles/a%%00b",
                "%s/roles/a%%0ab",
                "%s/roles/a%%5cb",
                "%s/roles/a%%",
                "%s/roles/a%%zz",
                "%s/roles/a%%252e"
            })
    void path_thatHidesSomething_is400(String pattern) throws IOException {
        for (String method : new String[] {"GET", "POST", "DELETE"}) {
            try (RawClient client = new RawClient(root)) {
                client.ask(method, "/v1/" + String.format(pattern, mount.path()), "Connection: close");
                assertEquals(400, client.status(), method + " " + pattern);
            }
        }
        unchanged(() -> root.read(role()), 200, "");
    }

    @Test
    void path_withDots_is400() throws IOException {
        try (RawClient client = new RawClient(root)) {
            client.ask("GET", "/v1/" + mount.path() + "/roles/../roles/reader");
            assertEquals(400, client.status());
        }
    }

    @Test
    void path_withDoubledAndTrailingSlashes_isTheSame() throws IOException {
        try (RawClient client = new RawClient(root)) {
            client.ask("GET", "/v1//" + mount.path() + "//roles/reader/", "Connection: close");
            assertEquals(200, client.status());
        }
    }

    @Test
    void path_ofTenThousandSegments_isRefused() throws IOException {
        try (RawClient client = new RawClient(root)) {
            client.ask("GET", "/v1/" + "a/".repeat(10_000), "Connection: close");
            int status = client.status();
            assertTrue(status == 400 || status == 404 || status == 414 || status == 431, "status " + status);
        }
    }

    @Test
    void unknownField_isIgnored_withAWarning() {
        Answer answer = root.write(role(), Map.of("colour", "blue")).ok();
        assertEquals(200, answer.status());
        assertTrue(answer.warnings().contains("colour"), answer.warnings());
    }

    @Test
    void connectionUrl_thatLoadsAClass_is400() {
        String url = "postgresql://{{username}}:{{password}}@127.0.0.1:"
                + mount.shop().server().port() + "/" + mount.shop().name();
        for (String option : new String[] {
            "socketFactory=org.example.Evil", "authenticationPluginClassName=x", "loggerFile=/tmp/x", "options=-c%20a=b"
        }) {
            Answer answer = root.write(mount.path() + "/config/evil", connection(url + "?" + option));
            assertEquals(400, answer.status(), option);
            assertTrue(answer.errors().contains(option.substring(0, option.indexOf('='))), answer.errors());
        }
        Answer literal =
                root.write(mount.path() + "/config/evil", connection(url.replace("{{password}}", "hunter2hunter2")));
        assertEquals(400, literal.status());
        assertTrue(!literal.errors().contains("hunter2"), literal.errors());
        assertEquals(404, root.read(mount.path() + "/config/evil").status());
    }

    private Map<String, Object> connection(String url) {
        Map<String, Object> connection = new HashMap<>(mount.shop().connection(1));
        connection.put("connection_url", url);
        return connection;
    }

    private String role() {
        return mount.path() + "/roles/reader";
    }

    private interface Attempt {
        Answer make();
    }

    private void unchanged(Attempt attempt, int status, String named) {
        String before = root.read(role()).ok().data().toString();
        Answer answer = attempt.make();
        assertEquals(status, answer.status(), answer::toString);
        assertTrue(answer.errors().contains(named), answer::toString);
        assertEquals(before, root.read(role()).ok().data().toString());
    }
}
