package io.daypass.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.cli.shell.Shell;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each command asks of the broker, and how it shows what it is told. */
class CommandsIT {
    private static final String AUTH =
            "{\"data\":null,\"auth\":{\"client_token\":\"s.new\",\"accessor\":\"acc\",\"policies\":[\"a\",\"default\"],"
                    + "\"lease_duration\":3600,\"renewable\":true,\"metadata\":null}}";

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private FakeBroker broker;

    @BeforeEach
    void start() throws IOException {
        broker = new FakeBroker();
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            secrets enable database                        | PUT    | /v1/sys/mounts/database            | {"type":"database","config":{}}
            secrets enable -path=db/ -max-lease-ttl 1h kv  | PUT    | /v1/sys/mounts/db                  | {"type":"kv","config":{"max_lease_ttl":"1h"}}
            secrets tune --default-lease-ttl 5m db         | PUT    | /v1/sys/mounts/db/tune             | {"default_lease_ttl":"5m"}
            secrets tune db                                | GET    | /v1/sys/mounts/db/tune             | ``
            secrets disable db/                            | DELETE | /v1/sys/mounts/db                  | ``
            policy write reader -                          | PUT    | /v1/sys/policies/acl/reader        | {"policy":"from stdin"}
            policy delete reader                           | DELETE | /v1/sys/policies/acl/reader        | ``
            policy list                                    | GET    | /v1/sys/policies/acl?list=true     | ``
            token create --policy a --policy b --ttl 1h    | PUT    | /v1/auth/token/create              | {"policies":["a","b"],"ttl":"1h"}
            token create --orphan --use-limit 3            | PUT    | /v1/auth/token/create-orphan       | {"num_uses":3}
            token create --meta k=v -renewable=false       | PUT    | /v1/auth/token/create              | {"renewable":false,"meta":{"k":"v"}}
            token lookup                                   | GET    | /v1/auth/token/lookup-self         | ``
            token lookup s.x                               | PUT    | /v1/auth/token/lookup              | {"token":"s.x"}
            token lookup -accessor acc                     | PUT    | /v1/auth/token/lookup-accessor     | {"accessor":"acc"}
            token renew -increment 1h                      | PUT    | /v1/auth/token/renew-self          | {"increment":"1h"}
            token renew -                                  | PUT    | /v1/auth/token/renew               | {"token":"from stdin"}
            token revoke -self                             | PUT    | /v1/auth/token/revoke-self         | {}
            token revoke --accessor acc                    | PUT    | /v1/auth/token/revoke-accessor     | {"accessor":"acc"}
            lease lookup a/b/1                             | PUT    | /v1/sys/leases/lookup              | {"lease_id":"a/b/1"}
            lease renew --increment 30m a/b/1              | PUT    | /v1/sys/leases/renew               | {"lease_id":"a/b/1","increment":"30m"}
            lease revoke a/b/1                             | PUT    | /v1/sys/leases/revoke              | {"lease_id":"a/b/1"}
            lease revoke --async a/b/1                     | PUT    | /v1/sys/leases/revoke              | {"sync":false,"lease_id":"a/b/1"}
            lease revoke -prefix a/b                       | PUT    | /v1/sys/leases/revoke-prefix/a/b   | {}
            lease revoke -prefix -force a/b                | PUT    | /v1/sys/leases/revoke-force/a/b    | {}
            lease list                                     | GET    | /v1/sys/leases/query?limit=1000    | ``
            lease list a/b --state active --limit 5        | GET    | /v1/sys/leases/query?limit=5&prefix=a%2fb&state=active | ``
            operator seal                                  | PUT    | /v1/sys/seal                       | {}
            operator unseal --reset                        | PUT    | /v1/sys/unseal                     | {"reset":true}
            operator unseal -                              | PUT    | /v1/sys/unseal                     | {"key":"from stdin"}
            read --ttl 30s database/creds/reader           | GET    | /v1/database/creds/reader?ttl=30s  | ``
            read x a=b                                     | GET    | /v1/x?a=b                          | ``
            write x/y a=b c=-                              | PUT    | /v1/x/y                            | {"a":"b","c":"from stdin"}
            write -force x/y                               | PUT    | /v1/x/y                            | {}
            """)
    void asks(String typed, String method, String target, String body) {
        int query = target.indexOf('?');
        broker.on(method, query < 0 ? target : target.substring(0, query), 204, "");
        assertEquals(0, run(List.of(typed.split(" ", -1))), () -> err.toString(StandardCharsets.UTF_8));
        // A lease is looked up before it is revoked, a mount before it is unmounted.
        FakeBroker.Asked asked = broker.asked().get(broker.asked().size() - 1);
        assertEquals(method + " " + target + (body.isEmpty() ? "" : " " + body), asked.toString());
    }

    @Test
    void reason_goesAlong() {
        broker.on("GET", "/v1/x", 204, "");
        assertEquals(0, run(List.of("read", "--reason", "für Zoë, 日本 🗝", "x")));
        String sent = String.valueOf(broker.asked().get(0).headers().get("x-daypass-reason"));
        assertEquals(
                "für Zoë, 日本 🗝",
                new String(sent.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8),
                "as UTF-8, which the server's own reading of headers as Latin-1 hides here");
        assertEquals(64, run(List.of("read", "--reason", "a\nb", "x")));
        assertEquals(64, run(List.of("read", "--reason", "x".repeat(257), "x")));
        assertEquals(1, broker.asked().size());
    }

    @Test
    void tokenCreate_showsTheToken() {
        broker.on("PUT", "/v1/auth/token/create", 200, AUTH);
        assertEquals(0, run(List.of("token", "create")));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("token             s.new\n"), out::toString);
        out.reset();
        assertEquals(0, run(List.of("token", "create", "-field=token")));
        assertEquals("s.new", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void leaseList_showsWhatThereIs() {
        String leases =
                "{\"leases\":[{\"id\":\"a/b/1\",\"path\":\"a/b\",\"state\":\"revoking\",\"holder\":\"lap\\u001btop\","
                        + "\"ttl\":61,\"expire_time\":\"2026-01-01T00:00:00Z\",\"reason\":\"because\",\"last_error\":\"no route\"},"
                        + "{\"number\":7,\"path\":\"auth/token\",\"state\":\"active\",\"holder\":\"root\",\"ttl\":0,"
                        + "\"expire_time\":null,\"reason\":null,\"last_error\":null}],\"next\":7}";
        broker.on("GET", "/v1/sys/leases/query", 200, FakeBroker.envelope(leases));
        assertEquals(0, run(List.of("lease", "list")));
        assertEquals("""
                Lease   Path         State      Holder   Expires in   Reason    Error
                a/b/1   a/b          revoking   laptop   1m1s         because   no route
                #7      auth/token   active     root     never
                """, out.toString(StandardCharsets.UTF_8));
        assertEquals("there may be more: --after 7\n", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void leaseRevoke_targetThatDoesNotAnswer_saysSo() {
        broker.on(
                "PUT",
                "/v1/sys/leases/revoke",
                202,
                FakeBroker.envelope("null")
                        .replace("\"warnings\":null", "\"warnings\":[\"will be retried until it succeeds\"]"));
        assertEquals(0, run(List.of("lease", "revoke", "a/b/1")));
        assertEquals(
                "warning: will be retried until it succeeds\nending: a/b/1\n", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void operatorInit_shamir_splitsTheKey() {
        broker.on("GET", "/v1/sys/seal-status", 200, "{\"type\":\"shamir\",\"initialized\":false,\"sealed\":true}");
        broker.on(
                "PUT", "/v1/sys/init", 200, "{\"keys\":[\"00\"],\"keys_base64\":[\"AA==\"],\"root_token\":\"s.root\"}");
        assertEquals(0, run(List.of("operator", "init")));
        assertEquals(
                "{\"secret_shares\":5,\"secret_threshold\":3}",
                broker.asked("/v1/sys/init").get(0).body());
        assertTrue(
                out.toString(StandardCharsets.UTF_8).contains("unseal key 1   AA==\nroot token     s.root\n"),
                out::toString);
    }

    @Test
    void operatorInit_file_hasNoShares() {
        broker.on("GET", "/v1/sys/seal-status", 200, "{\"type\":\"file\",\"initialized\":false,\"sealed\":true}");
        broker.on("PUT", "/v1/sys/init", 200, "{\"keys\":[],\"keys_base64\":[],\"root_token\":\"s.root\"}");
        assertEquals(0, run(List.of("operator", "init")));
        assertEquals("{}", broker.asked("/v1/sys/init").get(0).body());
    }

    @Test
    void unseal_withoutTerminal_neverAsks() {
        assertEquals(64, run(List.of("operator", "unseal")));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("no terminal to ask at"));
    }

    @Test
    void policyRead_isTheTextAlone() {
        broker.on(
                "GET",
                "/v1/sys/policies/acl/reader",
                200,
                FakeBroker.envelope("{\"name\":\"reader\",\"policy\":\"path \\\"x\\\" {}\"}"));
        assertEquals(0, run(List.of("policy", "read", "reader")));
        assertEquals("path \"x\" {}\n", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void completion_knowsAllCommands() {
        assertEquals(0, run(List.of("completion", "bash")));
        String script = out.toString(StandardCharsets.UTF_8);
        Catalogue.ENTRIES.forEach(entry -> assertTrue(script.contains(entry.words()), entry.words()));
    }

    @Test
    void help_isOnStdoutIfAskedFor() {
        for (List<String> asked : List.of(List.of("help"), List.of("--help"), List.of("secrets", "-h"))) {
            out.reset();
            assertEquals(0, run(asked));
            assertTrue(out.toString(StandardCharsets.UTF_8).contains("secrets enable"), () -> asked.toString());
        }
        out.reset();
        assertEquals(0, run(List.of("help", "lease", "revoke")));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("Usage: daypass lease revoke"), out::toString);
        out.reset();
        assertEquals(64, run(List.of("secrets")));
        assertEquals("", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void help_ofOneCommand_keepsExamplesWhole() {
        assertEquals(0, run(List.of("run", "--help")));
        String help = out.toString(StandardCharsets.UTF_8);
        assertTrue(help.contains("Usage: daypass run --lease PATH [OPTIONS] -- PROGRAM [ARGUMENTS]\n"), help);
        assertTrue(
                help.contains("\n  daypass run --lease database/creds/backup --reason 'nightly dump' -- pg_dump"),
                help);
    }

    @Test
    void read_answeredByText_showsItAsItIs() {
        broker.on("GET", "/v1/sys/metrics", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("daypass_sealed 0.0\n".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        for (String format : List.of("table", "json", "env")) {
            out.reset();
            assertEquals(0, run(List.of("read", "-o", format, "sys/metrics", "format=prometheus")));
            assertEquals("daypass_sealed 0.0\n", out.toString(StandardCharsets.UTF_8));
        }
        assertEquals("/v1/sys/metrics?format=prometheus", broker.asked().get(0).target());
        assertEquals(1, run(List.of("read", "-o", "field=x", "sys/metrics", "format=prometheus")));
        assertEquals(2, run(List.of("list", "sys/metrics")), "only what is read may be a text");
    }

    @Test
    void secretsDisable_whereNothingIs_saysSo() {
        broker.on("GET", "/v1/sys/mounts", 200, FakeBroker.envelope("{\"db/\":{}}"));
        for (String path : List.of("db", "nope")) {
            broker.on("DELETE", "/v1/sys/mounts/" + path, 204, "");
            assertEquals(0, run(List.of("secrets", "disable", path)));
        }
        assertEquals(
                "unmounted: db/ (its leases are being revoked)\nnothing was mounted at nope/\n",
                err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void leaseRevoke_ofAnUnknownOne_saysSo() {
        broker.on("PUT", "/v1/sys/leases/lookup", 400, "{\"errors\":[\"lease not found\"]}");
        broker.on("PUT", "/v1/sys/leases/revoke", 204, "");
        assertEquals(0, run(List.of("lease", "revoke", "a/b")));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("there is no lease a/b"), err::toString);
        err.reset();
        broker.on("PUT", "/v1/sys/leases/lookup", 200, FakeBroker.envelope("{\"id\":\"a/b\"}"));
        assertEquals(0, run(List.of("lease", "revoke", "a/b")));
        assertEquals("revoked: a/b\n", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void quiet_leavesOutRemarks() {
        broker.on("PUT", "/v1/x", 204, "");
        assertEquals(0, run(List.of("write", "-q", "x", "a=b")));
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    private int run(List<String> arguments) {
        Shell shell = new Shell(
                Map.of("DAYPASS_ADDR", broker.url(), "DAYPASS_TOKEN", "s.token"),
                folder,
                new ByteArrayInputStream("from stdin".getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                InstantSource.system());
        return new Dispatcher(shell).run(arguments);
    }
}
