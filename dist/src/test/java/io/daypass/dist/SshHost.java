package io.daypass.dist;

import io.daypass.embedded.Await;
import io.daypass.embedded.Programs;
import io.daypass.embedded.SshServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A host with a stock sshd that runs already, in folders of its own, and an operator on it. */
final class SshHost implements AutoCloseable {
    /** What others call it. */
    static final String NAME = "web1.example";

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Terminal terminal;
    private final Path etc;
    private final Path units;
    private final Path known;
    private final SshServer server;

    private SshHost(Path directory, RunningBroker broker) throws IOException, InterruptedException {
        terminal = new Terminal(
                directory.resolve("home"),
                broker.config().address().toString(),
                broker.root().token());
        etc = Files.createDirectory(directory.resolve("etc"));
        units = Files.createDirectory(directory.resolve("systemd"));
        Path dropIns = Files.createDirectory(etc.resolve("sshd_config.d"));
        server = SshServer.start(etc, "Include " + dropIns + "/*.conf");
        Files.delete(etc.resolve("sshd.log"));
        known = Files.writeString(directory.resolve("known"), "@cert-authority *.example " + authority(broker) + "\n");
    }

    /**
     * Starts one.
     *
     * @param directory that is made for it
     * @param broker whose people and hosts it is for; {@link #prepare} has seen it
     */
    static SshHost start(Path directory, RunningBroker broker) throws IOException, InterruptedException {
        return new SshHost(Files.createDirectory(directory), broker);
    }

    /** Gives a broker what hosts need: a CA for people and one for hosts, roles, and a policy for the hosts' tokens. */
    static void prepare(RunningBroker broker) {
        Api root = broker.root();
        for (String mount : List.of("ssh", "ssh-hosts")) {
            root.write("sys/mounts/" + mount, Map.of("type", "ssh")).ok();
            root.write(mount + "/config/ca", Map.of()).ok();
        }
        root.write(
                        "ssh/roles/dev",
                        Map.of(
                                "key_type",
                                "ca",
                                "allow_user_certificates",
                                true,
                                "default_user",
                                SshServer.user(),
                                "ttl",
                                "1h"))
                .ok();
        hostRole(broker, "hosts", "720h");
        hostRole(broker, "brief", "2h");
        broker.policy("ssh-host", "path \"ssh-hosts/sign/*\" { capabilities = [\"create\", \"update\"] }");
    }

    private static void hostRole(RunningBroker broker, String name, String ttl) {
        broker.root()
                .write(
                        "ssh-hosts/roles/" + name,
                        Map.of(
                                "key_type",
                                "ca",
                                "allow_host_certificates",
                                true,
                                "allowed_domains",
                                "example",
                                "allow_subdomains",
                                true,
                                "ttl",
                                ttl,
                                "max_ttl",
                                ttl))
                .ok();
    }

    /** A token such as a host has. */
    static String bearer(RunningBroker broker) {
        return broker.root()
                .write("auth/token/create-orphan", Map.of("policies", List.of("ssh-host"), "period", "768h"))
                .ok()
                .body()
                .path("auth")
                .path("client_token")
                .asText();
    }

    private static String authority(RunningBroker broker) {
        Api anybody = broker.root().as("");
        return anybody.exchange(anybody.request("ssh-hosts/public_key").build(), HttpResponse.BodyHandlers.ofString())
                .body()
                .strip();
    }

    /** Where its operator types. */
    Terminal terminal() {
        return terminal;
    }

    /** Where sshd's configuration is. */
    Path etc() {
        return etc;
    }

    /** Where the setup puts what the broker says. */
    Path folder() {
        return etc.resolve("daypass");
    }

    /** Where units are. */
    Path units() {
        return units;
    }

    /** What makes sshd read its configuration anew. */
    String reload() {
        return "kill -HUP " + server.pid();
    }

    /** Logs in with a key whose certificate lies beside it. */
    Programs.Result login(Path key) throws IOException, InterruptedException {
        return server.login(key, known, NAME, "true");
    }

    /** {@code ssh host-setup} on this host. */
    Terminal.Said setup(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(
                "ssh",
                "host-setup",
                "--sshd-config",
                etc.resolve("sshd_config").toString(),
                "--systemd-dir",
                units.toString(),
                "--reload",
                reload()));
        all.addAll(List.of(arguments));
        return terminal.daypass(all.toArray(String[]::new));
    }

    /** The same, with a certificate for its own key. */
    Terminal.Said setupWithCertificate(String... arguments) throws IOException, InterruptedException {
        return setup(Stream.concat(
                        Stream.of("--host-role", "hosts", "--host-mount", "ssh-hosts", "--principal", NAME),
                        Stream.of(arguments))
                .toArray(String[]::new));
    }

    /** A systemctl that only writes down what it was told. */
    Path systemctl() throws IOException {
        Path log = units.resolveSibling("systemctl.log");
        script("systemctl", "echo \"$@\" >> '" + log + "'\n");
        return log;
    }

    /** Puts a program where it is found before the system's. */
    void script(String name, String text) throws IOException {
        Path file = terminal.programs().resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Runs what a unit runs, in the environment that it has there. */
    Terminal.Said runUnit(String name) throws IOException, InterruptedException {
        List<String> lines = Files.readAllLines(units.resolve(name));
        String environments = lines.stream()
                .filter(line -> line.startsWith("EnvironmentFile="))
                .map(line -> ". '" + line.substring("EnvironmentFile=".length()) + "'; ")
                .collect(Collectors.joining());
        String command = lines.stream()
                .filter(line -> line.startsWith("ExecStart="))
                .map(line -> line.substring("ExecStart=".length()))
                .findFirst()
                .orElseThrow();
        return terminal.shell(
                "unset DAYPASS_TOKEN DAYPASS_ADDR; set -a; " + environments + command.replace(" --quiet", ""));
    }

    /** Logs in by {@code daypass ssh}; the host is known by its certificate alone. */
    Terminal.Said login() throws IOException, InterruptedException {
        return terminal.daypass(Stream.concat(Stream.of("ssh", "-r", "dev", "127.0.0.1", "--"), connection())
                .toArray(String[]::new));
    }

    private Stream<String> connection() {
        return Stream.of(
                "-F",
                "none",
                "-p",
                String.valueOf(server.port()),
                "-o",
                "BatchMode=yes",
                "-o",
                "GlobalKnownHostsFile=/dev/null",
                "-o",
                "StrictHostKeyChecking=yes",
                "-o",
                "HostKeyAlias=" + NAME,
                "-o",
                "UserKnownHostsFile=" + known,
                "echo in as $(id -un)");
    }

    /** Waits until somebody with a certificate is let in. */
    void awaitLogin(String what) {
        Await.until(SOON, what, () -> login().code() == 0);
    }

    /** Waits until nobody is, or the host isn't known to be the right one. */
    void awaitRefusal(String what) {
        Await.until(SOON, what, () -> isRefusal(login()));
    }

    /** That of sshd, or of ssh that doesn't know the host; no other failure. */
    private static boolean isRefusal(Terminal.Said said) {
        return said.code() != 0
                && (said.err().contains("Permission denied") || said.err().contains("Host key verification failed"));
    }

    /** All that is there, with its content and mode. */
    Map<String, String> tree() throws IOException {
        Map<String, String> all = new TreeMap<>();
        for (Path top : List.of(etc, units)) {
            try (Stream<Path> files = Files.walk(top)) {
                files.forEach(file -> all.put(file.toString(), look(file)));
            }
        }
        return all;
    }

    private static String look(Path file) {
        try {
            String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
            return Files.isDirectory(file) ? mode : mode + " " + HexFormat.of().formatHex(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
