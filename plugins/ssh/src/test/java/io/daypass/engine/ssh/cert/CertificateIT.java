package io.daypass.engine.ssh.cert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.engine.ssh.Programs;
import io.daypass.engine.ssh.Seeded;
import io.daypass.engine.ssh.ca.CaKey;
import io.daypass.engine.ssh.ca.SignatureAlgorithm;
import io.daypass.engine.ssh.key.KeyKind;
import io.daypass.engine.ssh.key.PrivateKeyText;
import io.daypass.engine.ssh.key.PublicKeyReader;
import io.daypass.engine.ssh.key.SshKeyPair;
import io.daypass.engine.ssh.key.SshPublicKey;
import io.daypass.engine.ssh.wire.SshWriter;
import io.daypass.plugin.Invalid;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Certificates against those that ssh-keygen makes, and as ssh-keygen shows them. */
class CertificateIT {
    private static final Instant AFTER = Instant.parse("2026-03-04T05:06:07Z");
    private static final Instant BEFORE = Instant.parse("2031-03-04T15:06:07Z");

    private static final CertificateContents USER = new CertificateContents(
            CertificateType.USER,
            4_294_967_297L,
            "alice@example on web1",
            List.of("alice", "deploy"),
            AFTER,
            BEFORE,
            new TreeMap<>(Map.of("force-command", "/bin/echo hi", "source-address", "10.0.0.0/8,::1/128")),
            new TreeMap<>(Map.of("permit-pty", "", "permit-X11-forwarding", "", "login@daypass.example", "alice")));
    private static final CertificateContents HOST = new CertificateContents(
            CertificateType.HOST,
            7,
            "web1",
            List.of("web1.example", "10.1.2.3"),
            AFTER,
            BEFORE,
            new TreeMap<>(),
            new TreeMap<>());

    @TempDir
    private Path directory = Path.of("/");

    private static SshPublicKey sk(KeyKind kind, SshPublicKey inner) {
        return new PublicKeyReader("public_key")
                .readBlob(new SshWriter()
                        .text(kind.wireName())
                        .raw(inner.body())
                        .text("ssh:")
                        .toBytes());
    }

    static Stream<Arguments> cases() {
        SshPublicKey ed25519 = Seeded.pair("ed25519", 0, 11).publicKey();
        SshPublicKey ecdsa = Seeded.pair("ecdsa", 256, 11).publicKey();
        List<SshPublicKey> keys = List.of(
                ed25519,
                ecdsa,
                Seeded.pair("ecdsa", 521, 11).publicKey(),
                Seeded.pair("rsa", 2048, 11).publicKey(),
                sk(KeyKind.SK_ED25519, ed25519),
                sk(KeyKind.SK_ECDSA, ecdsa));
        SshKeyPair rsa = Seeded.pair("rsa", 3072, 12);
        List<Arguments> cases = new ArrayList<>();
        for (SshPublicKey key : keys) {
            cases.add(Arguments.of(USER, key, Seeded.pair("ed25519", 0, 12), "ssh-ed25519"));
        }
        cases.add(Arguments.of(HOST, ed25519, Seeded.pair("ed25519", 0, 12), "ssh-ed25519"));
        cases.add(Arguments.of(USER, ed25519, rsa, "rsa-sha2-256"));
        cases.add(Arguments.of(HOST, ecdsa, rsa, "rsa-sha2-512"));
        for (int bits : new int[] {256, 384, 521}) {
            cases.add(Arguments.of(USER, ed25519, Seeded.pair("ecdsa", bits, 12), "ecdsa-sha2-nistp" + bits));
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void sign_isWhatSshKeygenMakes(CertificateContents contents, SshPublicKey key, SshKeyPair caPair, String algorithm)
            throws Exception {
        byte[] theirs = bySshKeygen(contents, key, caPair, algorithm);
        Certificate read = CertificateReader.read(theirs);
        assertTrue(read.isSigned());
        assertEquals(contents, read.contents());
        assertEquals(key, read.key());
        SignatureAlgorithm wanted = SignatureAlgorithm.ofWireName(algorithm).orElseThrow();
        byte[] ours = CertificateWriter.sign(key, contents, read.nonce(), new CaKey(caPair), wanted);
        assertTrue(CertificateReader.read(ours).isSigned());
        if (wanted.name().startsWith("ECDSA")) {
            // An ECDSA signature differs each time that ssh-keygen makes one: all before it is the same.
            int signature = 4 + new SshWriter().text(algorithm).size();
            int same = Math.min(ours.length, theirs.length) - signature - 4 - 2 * 70;
            assertEquals(0, Arrays.compare(ours, 0, same, theirs, 0, same));
        } else {
            assertEquals(
                    Base64.getEncoder().encodeToString(theirs),
                    Base64.getEncoder().encodeToString(ours));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void sign_isShownBySshKeygenAsMeant(
            CertificateContents contents, SshPublicKey key, SshKeyPair caPair, String algorithm) throws Exception {
        byte[] blob = CertificateWriter.sign(
                key,
                contents,
                new byte[32],
                new CaKey(caPair),
                SignatureAlgorithm.ofWireName(algorithm).orElseThrow());
        Path file = directory.resolve("shown-cert.pub");
        Files.writeString(file, CertificateReader.read(blob).line() + "\n");
        String shown = Programs.run(directory, "ssh-keygen", "-L", "-f", file.toString())
                .good();
        assertTrue(
                shown.contains(
                        key.kind().certificateName() + " " + contents.type().text() + " certificate"),
                shown);
        assertTrue(shown.contains("Signing CA: "), shown);
        assertTrue(shown.contains(caPair.publicKey().fingerprint() + " (using " + algorithm + ")"), shown);
        assertTrue(shown.contains("Serial: " + contents.serial()), shown);
        assertTrue(shown.contains("Key ID: \"" + contents.keyId() + "\""), shown);
        contents.principals().forEach(each -> assertTrue(shown.contains("                " + each + "\n"), shown));
        contents.extensions().keySet().forEach(each -> assertTrue(shown.contains(each), shown));
        contents.criticalOptions().forEach((name, value) -> assertTrue(shown.contains(name + " " + value), shown));
    }

    @Test
    void read_cutOffOrChangedAnywhere_isRefusedOrNotSigned() {
        CaKey ca = new CaKey(Seeded.pair("ed25519", 0, 12));
        byte[] blob = CertificateWriter.sign(
                Seeded.pair("ed25519", 0, 11).publicKey(), USER, new byte[32], ca, SignatureAlgorithm.ED25519);
        for (int i = 0; i < blob.length; i++) {
            byte[] part = Arrays.copyOf(blob, i);
            assertThrows(Invalid.class, () -> CertificateReader.read(part));
            byte[] changed = blob.clone();
            changed[i] ^= 1;
            try {
                assertFalse(CertificateReader.read(changed).isSigned(), "changed at " + i);
            } catch (Invalid e) {
                assertTrue(List.of("certificate", "signature").contains(e.field()), e.field());
            }
        }
    }

    private byte[] bySshKeygen(CertificateContents contents, SshPublicKey key, SshKeyPair ca, String algorithm)
            throws Exception {
        Path caFile = Files.createFile(
                directory.resolve("ca"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(caFile, PrivateKeyText.write(ca, 1, "").reveal());
        Files.writeString(directory.resolve("key.pub"), key.line() + "\n");
        List<String> command = new ArrayList<>(List.of("-q", "-s", caFile.toString()));
        if (algorithm.startsWith("rsa")) {
            command.addAll(List.of("-t", algorithm));
        }
        command.addAll(List.of("-I", contents.keyId(), "-n", String.join(",", contents.principals())));
        command.addAll(List.of("-z", String.valueOf(contents.serial())));
        // Before a certificate's times ssh-keygen wants local ones, or seconds in hexadecimal.
        command.addAll(List.of("-V", hex(contents.validAfter()) + ":" + hex(contents.validBefore())));
        if (contents.type() == CertificateType.HOST) {
            command.add("-h");
        } else {
            command.addAll(List.of("-O", "clear"));
        }
        contents.criticalOptions().forEach((name, value) -> command.addAll(List.of("-O", name + "=" + value)));
        contents.extensions().forEach((name, value) -> command.addAll(List.of("-O", option(name, value))));
        command.add("key.pub");
        Programs.run(directory, "ssh-keygen", command.toArray(String[]::new)).good();
        String line = Files.readString(directory.resolve("key-cert.pub"));
        return Base64.getDecoder().decode(line.split(" ", 3)[1]);
    }

    private static String hex(Instant instant) {
        return "0x" + Long.toHexString(instant.getEpochSecond());
    }

    private static String option(String name, String value) {
        return value.isEmpty() ? name : "extension:" + name + "=" + value;
    }
}
