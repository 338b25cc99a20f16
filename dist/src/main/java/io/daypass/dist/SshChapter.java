package io.daypass.dist;

import io.daypass.embedded.Programs;
import io.daypass.embedded.SshServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A certificate for SSH is asked for, used and revoked, under the sshd that the system has. */
final class SshChapter {
    private static final List<String> NEEDED = List.of("sshd", "ssh", "ssh-keygen");

    private final Stage stage;
    private final Narrator narrator;
    private final Api api;

    SshChapter(Stage stage, Narrator narrator) {
        this.stage = stage;
        this.narrator = narrator;
        this.api = stage.api();
    }

    void play() throws IOException, InterruptedException {
        List<String> missing =
                NEEDED.stream().filter(name -> Programs.find(name).isEmpty()).toList();
        if (!missing.isEmpty()) {
            narrator.aside("left out, since there is no " + String.join(", no ", missing)
                    + " here (Debian: openssh-server, openssh-client)");
            return;
        }
        Path directory = Files.createDirectory(stage.directory().resolve("ssh"));
        mount();
        Path trusted = Files.write(directory.resolve("trusted_keys"), fetched("public_key"));
        Path revoked = Files.write(directory.resolve("revoked_keys"), fetched("krl"));
        SshServer server = stage.with(
                SshServer.start(directory.resolve("sshd"), "TrustedUserCAKeys " + trusted, "RevokedKeys " + revoked));
        narrator.say("sshd is up on 127.0.0.1:" + server.port()
                + "; it trusts the broker's CA, and knows no key of anybody's");
        Path key = key(directory);
        Instant asked = Instant.now();
        Answer signed = api.write("ssh/sign/dev", Map.of("public_key", Files.readString(Path.of(key + ".pub"))))
                .ok();
        Files.writeString(Path.of(key + "-cert.pub"), signed.data("signed_key"));
        narrator.holds("POST /v1/ssh/sign/dev: a certificate for " + signed.leaseSeconds() + " s, serial "
                + Long.parseLong(signed.data("serial_number"), 16) + " ("
                + Narrator.time(Duration.between(asked, Instant.now())) + ")");
        Programs.Result login = server.login(key, "echo in as $(id -un)");
        narrator.check(login.isGood(), "ssh: " + last(login));
        api.put("sys/leases/revoke", Map.of("lease_id", signed.leaseId())).ok();
        SshServer.replace(revoked, fetched("krl"));
        Programs.Result refused = server.login(key, "true");
        narrator.check(
                !refused.isGood() && refused.output().contains("Permission denied"),
                "it is revoked; sshd reads the new list at the next login, and refuses: " + last(refused));
    }

    private void mount() {
        api.write("sys/mounts/ssh", Map.of("type", "ssh")).ok();
        api.write("ssh/config/ca", Map.of()).ok();
        String user = SshServer.user();
        api.write(
                        "ssh/roles/dev",
                        Map.of(
                                "key_type",
                                "ca",
                                "allow_user_certificates",
                                true,
                                "allowed_users",
                                user,
                                "default_user",
                                user,
                                "default_extensions",
                                Map.of("permit-pty", ""),
                                "ttl",
                                "1h"))
                .ok();
    }

    private byte[] fetched(String path) {
        Api stranger = api.as("");
        return stranger.exchange(stranger.request("ssh/" + path).GET().build(), HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }

    private static Path key(Path directory) throws IOException, InterruptedException {
        Path key = directory.resolve("id");
        Programs.run(directory, "ssh-keygen", List.of("-q", "-t", "ed25519", "-N", "", "-f", key.toString()));
        return key;
    }

    private static String last(Programs.Result result) {
        return Stream.of(result.output().strip().split("\n"))
                .reduce((earlier, later) -> later)
                .orElse("")
                .strip();
    }
}
