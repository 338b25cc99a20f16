package io.daypass.cli.ssh.host;

import io.daypass.cli.command.Session;
import io.daypass.cli.http.Broker;
import io.daypass.cli.http.Call;
import io.daypass.cli.http.Reply;
import io.daypass.cli.shell.Display;
import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.shell.Secret;
import io.daypass.cli.ssh.certificate.Certificate;
import io.daypass.cli.ssh.certificate.Preferences;
import io.daypass.cli.ssh.certificate.PublicKeyFile;
import io.daypass.cli.ssh.certificate.Signer;
import io.daypass.cli.ssh.certificate.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** By what a host is known: its key, the names that a certificate says are its, and the token by which that is renewed. */
final class HostIdentity {
    private static final String VARIABLE = "DAYPASS_TOKEN=\"";
    /** It is looked at once an hour, and a broker may be away for a while. */
    private static final Duration SHORTEST = Duration.ofHours(6);

    private final Session session;
    private final HostOptions options;
    private final HostPaths paths;
    private final String role;
    private final String mount;
    private final List<String> names;
    private final Path key;
    private final List<String> keys;
    private final boolean isNamed;

    /**
     * @param session whose broker signs
     * @param options what is known about the host
     * @param role that signs
     * @param effective what sshd does now, by keyword; empty where nobody could ask it
     */
    HostIdentity(Session session, HostOptions options, String role, Map<String, List<String>> effective) {
        this.session = session;
        this.options = options;
        this.paths = options.paths();
        Preferences preferences = new Preferences(session);
        this.role = preferences.role(role);
        this.mount = preferences.mount(options.hostMount());
        this.names = options.names();
        this.keys = effective.getOrDefault("hostkey", List.of());
        this.isNamed = options.hostKey().isPresent();
        this.key = options.hostKey().map(HostIdentity::privateKey).orElseGet(() -> chosen(keys));
    }

    private static Path privateKey(Path named) {
        String name = named.toString();
        return name.endsWith(".pub") ? Path.of(name.substring(0, name.length() - ".pub".length())) : named;
    }

    private static Path chosen(List<String> keys) {
        List<String> there =
                keys.stream().filter(key -> Files.exists(Path.of(key + ".pub"))).toList();
        return Path.of(there.stream()
                .filter(key -> key.contains("ed25519"))
                .findFirst()
                .or(() -> there.stream().findFirst())
                .orElse("/etc/ssh/ssh_host_ed25519_key"));
    }

    /** Where the role is. */
    String mount() {
        return mount;
    }

    /** What the host is called. */
    List<String> names() {
        return names;
    }

    /**
     * What is added to sshd's configuration. Where --host-key names a key all that it has are named: as soon as one is, it
     * has no others by itself.
     */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (isNamed && !keys.isEmpty()) {
            Stream.concat(keys.stream(), Stream.of(key.toString()))
                    .distinct()
                    .forEach(one -> lines.add("HostKey \"" + one + "\""));
        }
        lines.add("HostCertificate \"" + paths.certificate() + "\"");
        return lines;
    }

    /** What renews the certificate. */
    List<String> renewCommand(String launcher) {
        List<String> command =
                new ArrayList<>(List.of(launcher, "ssh", "host-renew", "--quiet", "--mount", mount, "--role", role));
        names.forEach(name -> command.addAll(List.of("--principal", name)));
        command.addAll(List.of("--certificate", paths.certificate().toString()));
        if (!options.reload().isEmpty()) {
            command.addAll(List.of("--reload", options.reload()));
        }
        command.add(key.toString());
        return command;
    }

    /** The files, as people are shown them: nothing is signed for that. */
    List<PlannedFile> outlined() {
        return List.of(
                PlannedFile.bytes(
                        paths.certificate(),
                        new byte[0],
                        "(a certificate for " + key + ".pub, of " + mount + "/sign/" + role + ", for "
                                + String.join(", ", names) + ")\n"),
                PlannedFile.secret(paths.bearer(), "", "(the host's token, of --host-token)\n"));
    }

    /**
     * The files, the certificate signed if need be.
     *
     * @throws Failure if the broker doesn't want to, or if the certificate would end too soon
     */
    List<PlannedFile> files() {
        PublicKeyFile own = PublicKeyFile.read(key);
        Secret bearer = bearer();
        HostCertificate at = new HostCertificate(paths.certificate(), own, names);
        Instant now = session.shell().clock().instant();
        // One of another token's ends with that.
        boolean isItsOwn =
                kept().filter(one -> one.reveal().equals(bearer.reveal())).isPresent();
        Certificate certificate =
                at.present().filter(one -> isItsOwn && !at.isDue(now)).orElseGet(() -> sign(own, bearer));
        return List.of(
                PlannedFile.bytes(paths.certificate(), HostCertificate.content(certificate), ""),
                PlannedFile.secret(
                        paths.bearer(), "# Of daypass ssh host-setup.\n" + VARIABLE + bearer.reveal() + "\"\n", ""));
    }

    private Certificate sign(PublicKeyFile own, Secret bearer) {
        Broker broker = session.broker().as(bearer);
        refuseRoot(broker);
        Certificate certificate =
                Signer.ofHost(session, broker, mount, role).sign(own.line(), Signer.Wanted.host(names));
        Duration life =
                HostCertificate.left(certificate, session.shell().clock().instant());
        if (life.compareTo(SHORTEST) < 0) {
            throw Failure.of(
                    Exit.REMOTE,
                    "the host's certificate would live for " + Display.seconds(life.toSeconds())
                            + ", and should for 6h or more, better for weeks",
                    "daypass read " + mount + "/roles/" + role + "   # its ttl",
                    "daypass token lookup   # of the host's token: its certificate ends with it");
        }
        return certificate;
    }

    /** Whoever can read the host's files would be root of the broker. */
    private void refuseRoot(Broker broker) {
        Reply reply = broker.exchange(Call.read("auth/token/lookup-self"));
        for (var policy : reply.said().path("policies")) {
            if (policy.asText().equals("root")) {
                throw Failure.of(Exit.LOCAL, "the host's token is root's, and such a one isn't kept on a host", next());
            }
        }
    }

    private Secret bearer() {
        return options.bearer(session.shell())
                .or(this::kept)
                .orElseThrow(() -> Failure.usage(
                        "the host renews its certificate by a token of its own, and none is given", next()));
    }

    private String[] next() {
        return new String[] {
            "echo 'path \"" + mount + "/sign/" + role
                    + "\" { capabilities = [\"create\", \"update\"] }' | daypass policy write ssh-host -",
            "(umask 077; daypass token create --orphan --policy ssh-host --period 768h --field client_token > host.token)",
            "daypass ssh host-setup --host-token host.token ...   # as root, on the host"
        };
    }

    private Optional<Secret> kept() {
        if (!Files.exists(paths.bearer())) {
            return Optional.empty();
        }
        try {
            return Files.readString(paths.bearer(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> line.startsWith(VARIABLE) && line.endsWith("\""))
                    .map(line -> Secret.of(line.substring(VARIABLE.length(), line.length() - 1)))
                    .findFirst();
        } catch (IOException unreadable) {
            throw Failure.because(
                    unreadable,
                    Exit.LOCAL,
                    "can't read " + paths.bearer() + ": " + WholeFile.reason(unreadable),
                    "run it as root");
        }
    }
}
