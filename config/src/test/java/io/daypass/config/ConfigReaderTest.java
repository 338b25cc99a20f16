package io.daypass.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigReaderTest {
    private static final Path NAME = Path.of("server.yaml");
    private static final String LEAST = "storage: {path: data}\nseal: {type: shamir}\naudit: {file: audit.log}\n";

    @Test
    void parse_ofWhatMustBeSaid_takesTheDefaults() {
        ServerConfig config = parse(LEAST);
        assertEquals(new HostPort("127.0.0.1", 8200), config.listen().address());
        assertEquals(Optional.empty(), config.listen().tls());
        assertEquals(32L << 20, config.listen().maxBody().bytes());
        assertEquals(16 << 10, config.listen().maxHeader().toInt());
        assertEquals(Duration.ofSeconds(10), config.listen().headTimeout());
        assertEquals(Duration.ofMinutes(1), config.listen().bodyTimeout());
        assertEquals(4096, config.listen().maxConnections());
        assertEquals(InitFrom.LOOPBACK, config.listen().initFrom());
        assertEquals(new Storage(Path.of("data"), Duration.ofDays(7), 1_000_000), config.storage());
        assertEquals(new SealSettings(SealType.SHAMIR, Optional.empty()), config.seal());
        assertEquals(Optional.of(Path.of("audit.log")), config.audit().path());
        assertEquals(List.of(), config.plugins());
        assertEquals(
                new Limits(
                        4,
                        256,
                        256,
                        Duration.ofSeconds(10),
                        Duration.ofDays(32),
                        Duration.ofDays(32),
                        Duration.ofSeconds(2),
                        Duration.ofMinutes(1)),
                config.limits());
        assertEquals(Optional.empty(), config.metrics().address());
        assertEquals(new LogSettings(LogLevel.INFO, LogFormat.TEXT), config.log());
        assertEquals("daypass", config.clusterName());
        assertEquals(Duration.ofSeconds(10), config.shutdownGrace());
    }

    @Test
    void parse_ofEveryKey_readsIt() {
        ServerConfig config = parse("""
                listen:
                  address: "[::]:8200"
                  tls: {certificate: c.pem, key: k.pem, min_version: 1.3}
                  max_body: 1MiB
                  max_header: 8KiB
                  head_timeout: 5s
                  body_timeout: 2m
                  max_connections: 100
                  init_from: any
                storage:
                  path: /var/lib/daypass
                  remember_ended: 0s
                  remember_most: 5
                seal:
                  type: file
                  key_file: /etc/daypass/key
                audit:
                  file: none
                plugins:
                  - file: a.jar
                    sha256: ABCDEFabcdef0000000000000000000000000000000000000000000000000000
                limits:
                  lane_calls: 1
                  lane_queue: 2
                  mint_deadline: 5s
                  default_lease_ttl: 1h
                  max_lease_ttl: 3600
                  slack: 0s
                  margin: 1m
                metrics:
                  address: 127.0.0.1:9200
                log:
                  level: debug
                  format: json
                cluster_name: one
                shutdown_grace: 1m30s
                """);
        assertEquals(new HostPort("::", 8200), config.listen().address());
        Tls tls = config.listen().tls().orElseThrow();
        assertEquals(new Tls(Path.of("c.pem"), Path.of("k.pem"), TlsVersion.TLS_1_3), tls);
        assertEquals(InitFrom.ANY, config.listen().initFrom());
        assertEquals(new Storage(Path.of("/var/lib/daypass"), Duration.ZERO, 5), config.storage());
        assertEquals(new SealSettings(SealType.FILE, Optional.of(Path.of("/etc/daypass/key"))), config.seal());
        assertEquals(Optional.empty(), config.audit().path());
        assertEquals(Path.of("a.jar"), config.plugins().get(0).file());
        assertTrue(config.plugins().get(0).sha256().startsWith("abcdefabcdef00"));
        assertEquals(Duration.ofHours(1), config.limits().maxLeaseTtl());
        assertEquals(Duration.ZERO, config.limits().slack());
        assertEquals(new HostPort("127.0.0.1", 9200), config.metrics().address().orElseThrow());
        assertEquals(new LogSettings(LogLevel.DEBUG, LogFormat.JSON), config.log());
        assertEquals("one", config.clusterName());
        assertEquals(Duration.ofSeconds(90), config.shutdownGrace());
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                refused("nothing", "", "1: storage.path: is missing"),
                refused(
                        "unknown key",
                        LEAST + "shutdown_grase: 1s",
                        "4: shutdown_grase: unknown key; did you mean shutdown_grace?"),
                refused(
                        "unknown key within",
                        LEAST + "limits:\n  lane_call: 1",
                        "5: limits.lane_call: unknown key; did you mean lane_calls?"),
                refused(
                        "unlike any key",
                        LEAST + "limits:\n  xyz: 1",
                        "5: limits.xyz: unknown key; there are lane_calls, lane_queue, mount_calls"),
                refused(
                        "repeated key",
                        LEAST + "log: {level: info}\nlog: {level: warn}",
                        "5: the key 'log' is there twice"),
                refused("no value", LEAST + "limits:\n", "4: limits: has no value"),
                refused("not a group", LEAST + "limits: 5", "4: limits: must be a group of keys, not a single value"),
                refused("not a list", LEAST + "plugins: {file: a}", "4: plugins: must be a list, not a group of keys"),
                refused(
                        "not a value",
                        LEAST + "cluster_name: [a]",
                        "4: cluster_name: must be a single value, not a list"),
                refused("no duration", LEAST + "limits:\n\n  slack: 2 s", "6: limits.slack: lacks a unit"),
                refused("negative", LEAST + "shutdown_grace: -1s", "4: shutdown_grace: is negative"),
                refused("too much", LEAST + "shutdown_grace: 1h", "4: shutdown_grace: is more than 10m"),
                refused(
                        "more for a lane than for its mount",
                        LEAST + "limits: {lane_calls: 300}",
                        "4: limits.lane_calls: is more than limits.mount_calls"),
                refused("too little", LEAST + "limits: {lane_calls: 0}", "4: limits.lane_calls: is less than 1"),
                refused(
                        "no number",
                        LEAST + "limits: {lane_calls: 1.5}",
                        "4: limits.lane_calls: is not a whole number"),
                refused("overflow", LEAST + "limits: {lane_calls: 99999999999}", "is not a whole number"),
                refused("no size", LEAST + "listen: {max_body: 1MB}", "4: listen.max_body: is not a size"),
                refused("too large", LEAST + "listen: {max_body: 1GiB}", "4: listen.max_body: is more than 256MiB"),
                refused("no address", LEAST + "listen: {address: localhost}", "4: listen.address: is not an address"),
                refused("no port", LEAST + "listen: {address: 'localhost:65536'}", "listen.address: is not an address"),
                refused(
                        "none of the words",
                        LEAST + "log: {level: loud}",
                        "4: log.level: is none of error, warn, info, debug"),
                refused("empty text", LEAST + "cluster_name: ''", "4: cluster_name: has no value"),
                refused("blank text", LEAST + "cluster_name: ' '", "4: cluster_name: is empty"),
                refused("pin", LEAST + "plugins:\n- {file: a, sha256: 00}", "5: plugins[0]: sha256: is not 64"),
                refused("pin without hash", LEAST + "plugins:\n- file: a", "5: plugins[0].sha256: is missing"),
                refused("plain HTTP to all", LEAST + "listen:\n  address: 0.0.0.0:1", "4: listen.tls: is missing"),
                refused("half of TLS", LEAST + "listen:\n  tls:\n    key: k", "5: listen.tls.certificate: is missing"),
                refused("no key file", LEAST.replace("shamir", "file"), "2: seal.key_file: is missing"),
                refused(
                        "idle key file",
                        LEAST.replace("shamir", "shamir, key_file: k"),
                        "2: seal.key_file: is of no use"),
                refused(
                        "default over max",
                        LEAST + "limits:\n  max_lease_ttl: 1h",
                        "4: limits.default_lease_ttl: is more"),
                refused(
                        "no variable",
                        LEAST + "cluster_name: ${NOPE}",
                        "4: cluster_name: needs the environment variable NOPE"),
                refused(
                        "no file",
                        LEAST + "cluster_name: ${file:/no/such}",
                        "4: cluster_name: needs the file /no/such"),
                refused("open reference", LEAST + "cluster_name: ${A", "4: cluster_name: begins a ${"),
                refused("strange reference", LEAST + "cluster_name: ${A:-b}", "4: cluster_name: holds a ${...}"),
                refused("alias", LEAST + "cluster_name: &a x\nlog: {level: *a}", "5: an alias"),
                refused("two documents", LEAST + "---\na: 1", "a second document"),
                refused("a list", "- a", "1: the file must hold keys and values, not a list"),
                refused("no YAML", "a: [", "not YAML"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void parse_refuses(String name, String text, String because) {
        ConfigException refused = assertThrows(ConfigException.class, () -> parse(text));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.startsWith("server.yaml:"), message);
        assertTrue(message.contains(because), message);
    }

    @Test
    void parse_ofManyMistakes_namesThemAll() {
        ConfigException refused = assertThrows(
                ConfigException.class,
                () -> parse("storage: {pth: x}\nseal: {type: rock}\nlimits: {slack: x, margin: y}\ncluster: a\n"));
        assertEquals(
                Set.of(
                        "storage.pth",
                        "storage.path",
                        "seal.type",
                        "audit.file",
                        "limits.slack",
                        "limits.margin",
                        "cluster"),
                refused.problems().stream().map(Problem::key).collect(Collectors.toSet()));
    }

    @Test
    void parse_refusing_doesNotRepeatTheValue() {
        String secret = "hunter2";
        ConfigException refused = assertThrows(
                ConfigException.class,
                () -> parse(LEAST.replace("shamir", secret) + "limits: {slack: " + secret + ", lane_calls: " + secret
                        + "}\nlisten: {address: " + secret + ", max_body: " + secret + "}"));
        assertFalse(String.valueOf(refused.getMessage()).contains(secret), refused.getMessage());
    }

    @Test
    void parse_interpolatesValuesOnce() {
        Map<String, String> environment = Map.of("NAME", "a: ${OTHER} # \"b\"", "OTHER", "no", "PORT", "1");
        assertEquals(
                "x a: ${OTHER} # \"b\"",
                parse(LEAST + "cluster_name: x ${NAME}", environment).clusterName());
        assertEquals(
                "${NAME}$",
                parse(LEAST + "cluster_name: $${NAME}$", environment).clusterName());
        assertEquals(
                1,
                parse(LEAST + "listen: {address: '127.0.0.1:${PORT}'}", environment)
                        .listen()
                        .address()
                        .port());
    }

    @Test
    void dev_listensHereAndForgets() {
        ServerConfig config = ServerConfig.dev(new HostPort("127.0.0.1", 0), Path.of("data"));
        assertEquals(SealType.MEMORY, config.seal().type());
        assertEquals(Optional.empty(), config.audit().path());
        assertEquals(parse(LEAST).limits(), config.limits());
        assertEquals(0, config.listen().address().port());
    }

    private static ServerConfig parse(String text) {
        return parse(text, Map.of());
    }

    private static ServerConfig parse(String text, Map<String, String> environment) {
        return ConfigReader.parse(NAME, text, environment);
    }

    private static Arguments refused(String name, String text, String because) {
        return Arguments.of(name, text, because);
    }
}
