package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.Programs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A host is set up by one command, and its stock sshd does what the broker says from then on. */
final class SshHostSetupIT extends HostOfTheBroker {
    @Test
    void hostSetup_showsWhatIsNeeded_andWritesNothing() throws Exception {
        Map<String, String> before = host.tree();
        Terminal.Said said = host.setupWithCertificate();
        assertCode(0, said);
        for (String part : List.of(
                "TrustedUserCAKeys \"" + host.folder(),
                "RevokedKeys \"" + host.folder(),
                "HostCertificate \"" + host.folder(),
                "### " + host.etc().resolve("sshd_config.d/10-daypass.conf"),
                "ssh krl-sync --quiet",
                "OnCalendar=minutely")) {
            assertTrue(said.out().contains(part), part + " in " + said.out());
        }
        assertTrue(host.setup("-o", "json").out().contains("\"path\""));
        assertEquals(before, host.tree());
    }

    @Test
    void hostSetup_withAKeyThatIsNamed_canBeAppliedAgain() throws Exception {
        Path key = host.etc().resolve("named_key");
        SshPrograms.run(host.etc(), "ssh-keygen", List.of("-q", "-t", "ed25519", "-N", "", "-f", key.toString()));
        assertCode(
                0, host.setupWithCertificate("--apply", "--host-token", bearer.toString(), "--host-key", key + ".pub"));
        Terminal.Said again = host.setupWithCertificate("--apply", "--host-key", key.toString());
        assertCode(0, again);
        assertTrue(again.err().contains("nothing was changed"), again.err());
    }

    @Test
    void hostSetup_applied_isWhatLogsIn_andWhatRefusesWhoIsRevoked() throws Exception {
        Map<String, String> before = host.tree();
        Path log = host.systemctl();
        Terminal.Said applied = host.setupWithCertificate("--apply", "--now", "--host-token", bearer.toString());
        assertCode(0, applied);
        assertTrue(applied.err().contains("@cert-authority " + SshHost.NAME + " ssh-ed25519 "), applied.err());
        assertEquals(
                List.of("daemon-reload", "enable --now daypass-krl-sync.timer daypass-host-renew.timer"),
                Files.readAllLines(log));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(host.folder().resolve("host_token.env"))));
        host.awaitLogin("the host takes certificates, and shows its own");

        Map<String, String> after = host.tree();
        Terminal.Said again = host.setupWithCertificate("--apply");
        assertCode(0, again);
        assertTrue(again.err().contains("nothing was changed"), again.err());
        assertEquals(after, host.tree());

        Path key = host.folder().resolveSibling("id");
        SshPrograms.run(host.etc(), "ssh-keygen", List.of("-q", "-t", "ed25519", "-N", "", "-f", key.toString()));
        assertCode(0, host.terminal().daypass("ssh", "cert", "-r", "dev", "-i", key + ".pub"));
        assertTrue(host.login(key).isGood());
        assertCode(0, host.terminal().daypass("ssh", "revoke", "--all"));
        assertCode(0, host.runUnit("daypass-krl-sync.service"));
        assertFalse(host.login(key).isGood());
        host.awaitLogin("who isn't revoked is still let in");
        for (String suffix : List.of("", ".pub", "-cert.pub")) {
            Files.delete(Path.of(key + suffix));
        }

        assertCode(0, host.setup("--undo", "--now"));
        assertEquals(before, host.tree(), "byte for byte");
        host.awaitRefusal("sshd has its former configuration");
    }

    @Test
    void hostSetup_undoneWhileSshdStillReadsTheList_leavesIt() throws Exception {
        assertCode(0, host.setup("--apply"));
        Terminal.Said undone = host.setup("--undo");
        assertCode(0, undone);
        assertTrue(undone.err().contains("would refuse every key"), undone.err());
        assertTrue(Files.exists(host.folder().resolve("revoked_keys")));
        assertFalse(Files.exists(host.etc().resolve("sshd_config.d/10-daypass.conf")));
        host.systemctl();
        assertCode(0, host.setup("--undo", "--now"));
        assertFalse(Files.exists(host.folder()));
    }

    @Test
    void hostSetup_unitsAreWhatSystemdTakes() throws Exception {
        SshPrograms.find("systemd-analyze");
        assertCode(0, host.setupWithCertificate("--apply", "--host-token", bearer.toString()));
        List<String> arguments = new ArrayList<>(List.of("verify"));
        try (Stream<Path> files = Files.list(host.units())) {
            files.map(Path::toString).sorted().forEach(arguments::add);
        }
        assertEquals(5, arguments.size());
        Programs.Result verified = SshPrograms.run(host.etc(), "systemd-analyze", arguments);
        assertTrue(verified.isGood() && verified.output().isBlank(), verified.output());
    }

    @Test
    void hostSetup_whereSshdRefusesItsConfiguration_changesNothing() throws Exception {
        Path config = host.etc().resolve("sshd_config");
        Files.writeString(config, Files.readString(config) + "Bogus yes\n");
        Map<String, String> before = host.tree();
        Terminal.Said said = host.setup("--apply");
        assertCode(1, said);
        assertTrue(said.err().contains("Bad configuration option: Bogus"), said.err());
        assertTrue(said.err().contains("that was so before"), said.err());
        assertEquals(before, host.tree());
    }

    @Test
    void hostSetup_whereSshdRefusesWhatWasWritten_putsEveryByteBack() throws Exception {
        Path dropIn = host.etc().resolve("sshd_config.d/10-daypass.conf");
        // An sshd that has something against it only once it is there, as one of another version might.
        host.script(
                "sshd",
                "test -e '" + dropIn + "' && { echo 'not with me' >&2; exit 255; }\nexec " + Programs.found("sshd")
                        + " \"$@\"\n");
        Map<String, String> before = host.tree();
        Terminal.Said said = host.setupWithCertificate("--apply", "--host-token", bearer.toString());
        assertCode(1, said);
        assertTrue(said.err().contains("not with me; all files are as they were before"), said.err());
        assertEquals(before, host.tree());

        host.script("sshd", "exec " + Programs.found("sshd") + " \"$@\"\n");
        assertCode(0, host.setupWithCertificate("--apply", "--host-token", bearer.toString()));
        Map<String, String> applied = host.tree();
        host.script(
                "sshd",
                "grep -q other '" + host.units() + "/daypass-host-renew.service' && exit 255\nexec "
                        + Programs.found("sshd") + " \"$@\"\n");
        assertCode(1, host.setupWithCertificate("--apply", "--principal", "other.example"));
        assertEquals(applied, host.tree(), "what was there is there again, and not gone");
    }

    @Test
    void hostSetup_withoutAnInclude_isABlockAtTheTop_andAllElseStaysAsItWas() throws Exception {
        Path config = host.etc().resolve("sshd_config");
        byte[] plain = (Files.readString(config).replaceAll("(?m)^Include.*\n", "")
                        + "# caf\u00e9\r\nMatch User nobody\n  X11Forwarding no")
                .getBytes(StandardCharsets.ISO_8859_1);
        Files.write(config, plain);
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-r-----"));
        assertCode(0, host.setup("--apply"));
        String text = Files.readString(config, StandardCharsets.ISO_8859_1);
        assertTrue(text.startsWith("# Of daypass ssh host-setup"), text);
        assertTrue(text.endsWith(new String(plain, StandardCharsets.ISO_8859_1)), text);
        assertTrue(host.setup("--apply").err().contains("nothing was changed"));
        assertCode(0, host.setup("--undo"));
        assertArrayEquals(plain, Files.readAllBytes(config));
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(config)));
    }

    @Test
    void hostSetup_whereAnotherCaIsTrusted_orOthersAreRevoked_doesNotTakeItsPlace() throws Exception {
        Path config = host.etc().resolve("sshd_config");
        String usual = Files.readString(config);
        for (String line : List.of("TrustedUserCAKeys " + host.etc() + "/own", "RevokedKeys " + host.etc() + "/own")) {
            Files.writeString(config, usual + line + "\n");
            Map<String, String> before = host.tree();
            Terminal.Said said = host.setup("--apply");
            assertCode(1, said);
            assertTrue(said.err().contains("already, and takes one file; nothing was changed"), said.err());
            assertEquals(before, host.tree());
        }
    }

    @Test
    void hostSetup_whatIsAmiss_isSaid_andNothingIsWritten() throws Exception {
        Map<String, String> before = host.tree();
        Terminal.Said tokenless = host.setupWithCertificate("--apply");
        assertCode(64, tokenless);
        assertTrue(tokenless.err().contains("--host-token"), tokenless.err());
        Path ofRoot =
                Files.writeString(directory.resolve("root.token"), broker.root().token());
        Terminal.Said root = host.setupWithCertificate("--apply", "--host-token", ofRoot.toString());
        Files.delete(ofRoot);
        assertCode(1, root);
        assertTrue(root.err().contains("is root's"), root.err());
        Terminal.Said brief = host.setup(
                "--apply",
                "--host-role",
                "brief",
                "--host-mount",
                "ssh-hosts",
                "--principal",
                SshHost.NAME,
                "--host-token",
                bearer.toString());
        assertCode(2, brief);
        assertTrue(brief.err().contains("should for 6h or more"), brief.err());
        Terminal.Said elsewhere = host.setup(
                "--apply",
                "--host-role",
                "hosts",
                "--host-mount",
                "ssh-hosts",
                "--principal",
                "web1.example.org",
                "--host-token",
                bearer.toString());
        assertCode(2, elsewhere);
        assertTrue(elsewhere.err().contains("valid_principals"), elsewhere.err());
        Terminal.Said unitless = host.terminal()
                .daypass(
                        "ssh",
                        "host-setup",
                        "--apply",
                        "--sshd-config",
                        host.etc().resolve("sshd_config").toString(),
                        "--systemd-dir",
                        host.units() + "/none");
        assertCode(1, unitless);
        assertTrue(unitless.err().contains("--no-systemd"), unitless.err());
        assertCode(64, host.setup("--apply", "--undo"));
        assertCode(64, host.setup("--now"));
        for (String what : List.of("--apply", "--undo")) {
            Terminal.Said untold = host.terminal()
                    .daypass(
                            "ssh",
                            "host-setup",
                            "--sshd-config",
                            host.etc().resolve("sshd_config").toString(),
                            what,
                            "--now",
                            "--no-systemd");
            assertCode(64, untold);
            assertTrue(untold.err().contains("--reload COMMAND"), untold.err());
        }
        Path open = Files.createDirectory(host.units().resolveSibling("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxr-x"));
        Terminal.Said others = host.setup("--apply", "--folder", open.toString());
        assertCode(1, others);
        assertTrue(others.err().contains("others may change"), others.err());
        assertCode(64, host.setup("--apply", "--folder", host.etc() + "/a\"b"));
        host.terminal().environment().put("DAYPASS_ADDR", "http://127.0.0.1:" + BrokerProcess.freePort());
        Terminal.Said away = host.setup("--apply");
        assertCode(5, away);
        assertTrue(away.err().contains("can't be reached"), away.err());
        assertEquals(before, host.tree());
    }
}
