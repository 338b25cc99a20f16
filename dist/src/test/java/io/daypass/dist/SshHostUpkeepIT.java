package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is set up on a host stays up to date by what its units run. */
final class SshHostUpkeepIT extends HostOfTheBroker {
    @Test
    void krlSync_keepsAllKeysThatTheCaHas() throws Exception {
        assertCode(0, host.setup("--apply"));
        Path trusted = host.folder().resolve("trusted_user_ca_keys");
        int keys = Files.readAllLines(trusted).size();
        broker.root().write("ssh/config/ca/next", Map.of("key_type", "ed25519")).ok();
        assertCode(0, host.runUnit("daypass-krl-sync.service"));
        assertEquals(keys + 1, Files.readAllLines(trusted).size());
        Terminal.Said again = host.runUnit("daypass-krl-sync.service");
        assertTrue(again.err().contains(trusted + " is up to date"), again.err());
    }

    @Test
    void hostRenew_renewsInTime_andHasSshdReadIt() throws Exception {
        host.systemctl();
        assertCode(0, host.setupWithCertificate("--apply", "--now", "--host-token", bearer.toString()));
        host.awaitLogin("the host shows its certificate");
        Path certificate = host.folder().resolve("host-cert.pub");
        byte[] first = Files.readAllBytes(certificate);
        Terminal.Said early = host.runUnit("daypass-host-renew.service");
        assertCode(0, early);
        assertTrue(early.err().contains("is renewed in 19d"), early.err());
        assertArrayEquals(first, Files.readAllBytes(certificate));

        // Another CA's, of which less than a third is left: sshd shows it once it is told to.
        byte[] late = late();
        Files.write(certificate, late);
        assertCode(0, host.terminal().shell(host.reload()));
        host.awaitRefusal("the host isn't known any more");
        String address = host.terminal().environment().get("DAYPASS_ADDR");
        Path environment = host.folder().resolve("broker.env");
        String right = Files.readString(environment);
        Files.writeString(environment, right.replace(address, "http://127.0.0.1:" + BrokerProcess.freePort()));
        Terminal.Said away = host.runUnit("daypass-host-renew.service");
        assertCode(5, away);
        assertTrue(away.err().matches("(?s).*is good for another 2[0-9]m.*"), away.err());
        assertArrayEquals(late, Files.readAllBytes(certificate));
        Files.writeString(environment, right);

        String unit = Files.readString(host.units().resolve("daypass-host-renew.service"));
        Files.writeString(host.units().resolve("daypass-host-renew.service"), unit.replace(host.reload(), "false"));
        Terminal.Said untold = host.runUnit("daypass-host-renew.service");
        assertCode(1, untold);
        assertTrue(untold.err().contains("sshd wasn't told"), untold.err());
        assertNotEquals(new String(late, StandardCharsets.US_ASCII), Files.readString(certificate));
        Files.writeString(host.units().resolve("daypass-host-renew.service"), unit);
        assertCode(0, host.runUnit("daypass-host-renew.service"));
        host.awaitLogin("the host is known by its new certificate");
    }

    @Test
    void hostRenew_withATokenThatHasEnded_saysSoInTime() throws Exception {
        String own = SshHost.bearer(broker);
        Path file = Files.writeString(directory.resolve("ending.token"), own);
        assertCode(0, host.setupWithCertificate("--apply", "--host-token", file.toString()));
        Files.delete(file);
        broker.root().write("auth/token/revoke", Map.of("token", own)).ok();
        Terminal.Said ended = host.runUnit("daypass-host-renew.service");
        assertCode(3, ended);
        assertTrue(ended.err().contains("token has ended"), ended.err());
        assertTrue(ended.err().matches("(?s).*is good for another (?:30d|29d23h).*"), ended.err());

        byte[] former = Files.readAllBytes(host.folder().resolve("host-cert.pub"));
        assertCode(0, host.setupWithCertificate("--apply", "--host-token", bearer.toString()));
        assertFalse(
                Arrays.equals(former, Files.readAllBytes(host.folder().resolve("host-cert.pub"))),
                "the former certificate has ended with its token");
        assertCode(0, host.runUnit("daypass-host-renew.service"));
    }

    @Test
    void hostSetup_withoutSystemd_showsWhatCronIsToRun() throws Exception {
        Terminal.Said applied = host.setupWithCertificate(
                "--apply",
                "--no-systemd",
                "--folder",
                host.etc().resolve("with a blank").toString(),
                "--host-token",
                bearer.toString());
        assertCode(0, applied);
        host.terminal().environment().remove("DAYPASS_ADDR");
        host.terminal().environment().remove("DAYPASS_TOKEN");
        List<String> lines = applied.err()
                .lines()
                .filter(line -> line.startsWith("for cron: "))
                .map(line -> line.substring(line.indexOf("set -a")))
                .toList();
        assertEquals(2, lines.size(), applied.err());
        for (String line : lines) {
            assertCode(0, host.terminal().shell(line));
        }
        try (Stream<Path> files = Files.list(host.units())) {
            assertEquals(0, files.count(), "there are no units");
        }
    }

    private byte[] late() throws Exception {
        Path other = Files.createDirectory(host.etc().resolveSibling("other"));
        SshPrograms.run(
                other,
                "ssh-keygen",
                List.of(
                        "-q",
                        "-t",
                        "ed25519",
                        "-N",
                        "",
                        "-f",
                        other.resolve("ca").toString()));
        Path key = Files.copy(host.etc().resolve("host_key.pub"), other.resolve("host.pub"));
        SshPrograms.run(
                other,
                "ssh-keygen",
                List.of(
                        "-q",
                        "-s",
                        other.resolve("ca").toString(),
                        "-h",
                        "-I",
                        "late",
                        "-n",
                        SshHost.NAME,
                        "-V",
                        "-2h:+30m",
                        key.toString()));
        return Files.readAllBytes(other.resolve("host-cert.pub"));
    }
}
