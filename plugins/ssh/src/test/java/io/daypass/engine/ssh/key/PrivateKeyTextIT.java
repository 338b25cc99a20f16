package io.daypass.engine.ssh.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.engine.ssh.Programs;
import io.daypass.engine.ssh.Seeded;
import io.daypass.plugin.Invalid;
import io.daypass.plugin.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Private keys as ssh-keygen and openssl write them. */
class PrivateKeyTextIT {
    private static final Secret NONE = Secret.of("");
    private static final Secret PASSPHRASE = Secret.of("grüne Passphrase");

    @TempDir
    private Path directory = Path.of("/");

    @ParameterizedTest
    @CsvSource({
        "ed25519,256,RFC4716,",
        "ecdsa,256,RFC4716,",
        "ecdsa,384,RFC4716,",
        "ecdsa,521,RFC4716,",
        "rsa,2048,RFC4716,",
        "ecdsa,256,PEM,",
        "ecdsa,521,PEM,",
        "rsa,2048,PEM,",
        "ecdsa,384,PKCS8,",
        "rsa,2048,PKCS8,",
        "ed25519,256,RFC4716,aes256-ctr",
        "ed25519,256,RFC4716,aes128-cbc",
        "ed25519,256,RFC4716,aes256-gcm@openssh.com",
        "rsa,2048,RFC4716,aes192-ctr",
        "rsa,2048,PEM,old",
        "ecdsa,256,PEM,old",
        "rsa,2048,PKCS8,old",
        "ecdsa,256,PKCS8,old"
    })
    void read_whatSshKeygenWrote(String type, String bits, String format, String cipher) throws Exception {
        boolean encrypted = cipher != null;
        String passphrase = encrypted ? PASSPHRASE.reveal() : "";
        Path file = directory.resolve("key");
        Programs.run(
                        directory,
                        "ssh-keygen",
                        "-q",
                        "-t",
                        type,
                        "-b",
                        bits,
                        "-m",
                        format,
                        "-N",
                        passphrase,
                        "-f",
                        file.toString(),
                        "-Z",
                        encrypted && !cipher.equals("old") ? cipher : "aes256-ctr")
                .good();
        Secret text = Secret.of(Files.readString(file));
        SshPublicKey expected = new PublicKeyReader("public_key").read(Files.readString(directory.resolve("key.pub")));
        SshKeyPair pair = PrivateKeyText.read("private_key", text, encrypted ? PASSPHRASE : NONE);
        assertEquals(expected, pair.publicKey());
        if (encrypted) {
            assertEquals("passphrase", refused(text, NONE).field());
            assertEquals("private_key", refused(text, Secret.of("wrong")).field());
        }
    }

    @ParameterizedTest
    @CsvSource({"aes-256-cbc,hmacWithSHA256", "aes-128-cbc,hmacWithSHA512", "des3,hmacWithSHA1"})
    void read_encryptedPkcs8OfOpenssl(String cipher, String mac) throws Exception {
        Programs.run(directory, "openssl", "genpkey", "-algorithm", "ed25519", "-out", "plain.pem")
                .good();
        Programs.run(
                        directory,
                        "openssl",
                        "pkcs8",
                        "-topk8",
                        "-in",
                        "plain.pem",
                        "-out",
                        "key.pem",
                        "-v2",
                        cipher,
                        "-v2prf",
                        mac,
                        "-passout",
                        "pass:secret")
                .good();
        Secret plain = Secret.of(Files.readString(directory.resolve("plain.pem")));
        Secret sealed = Secret.of(Files.readString(directory.resolve("key.pem")));
        assertEquals(
                PrivateKeyText.read("private_key", plain, NONE).publicKey(),
                PrivateKeyText.read("private_key", sealed, Secret.of("secret")).publicKey());
        assertEquals("private_key", refused(sealed, Secret.of("wrong")).field());
    }

    @Test
    void read_ecOfOpenssl_withItsParametersInFront() throws Exception {
        Programs.run(directory, "openssl", "ecparam", "-name", "secp384r1", "-genkey", "-out", "with.pem")
                .good();
        String with = Files.readString(directory.resolve("with.pem"));
        assertTrue(with.startsWith("-----BEGIN EC PARAMETERS-----"), with);
        String without = with.substring(with.indexOf("-----BEGIN EC PRIVATE KEY-----"));
        assertEquals(
                PrivateKeyText.read("private_key", Secret.of(without), NONE).publicKey(),
                PrivateKeyText.read("private_key", Secret.of(with), NONE).publicKey());
        assertTrue(said(block("EC PARAMETERS", "AAAA")).contains("must begin with"));
    }

    @ParameterizedTest
    @CsvSource({"ed25519,0", "ecdsa,256", "ecdsa,384", "ecdsa,521", "rsa,2048"})
    void write_isReadBySshKeygen(String type, int bits) throws Exception {
        SshKeyPair pair = Seeded.pair(type, bits, 5);
        Path file = Files.createFile(
                directory.resolve("key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Secret text = PrivateKeyText.write(pair, 12345, "a comment");
        Files.writeString(file, text.reveal());
        String shown = Programs.run(directory, "ssh-keygen", "-y", "-f", file.toString())
                .good();
        assertEquals(pair.publicKey().line() + " a comment", shown.strip());
        assertEquals(
                pair.publicKey(), PrivateKeyText.read("private_key", text, NONE).publicKey());
    }

    @Test
    void read_whatIsNoSuchKey_isRefused() throws Exception {
        assertTrue(said(NONE).contains("must begin with"));
        assertTrue(said(Secret.of("-----BEGIN PRIVATE KEY-----\nAAAA")).contains("-----END"));
        assertTrue(said(block("PRIVATE KEY", "AAAA")).contains("malformed or cut off"));
        assertTrue(said(block("CERTIFICATE", "AAAA")).contains("must be an OPENSSH PRIVATE KEY"));
        assertTrue(said(block("OPENSSH PRIVATE KEY", "AAAA")).contains("openssh-key-v1"));
        assertTrue(said(block("RSA PRIVATE KEY", "!")).contains("no base64"));
        assertTrue(said(block("PRIVATE KEY", "A".repeat(40_000))).contains("more than"));
        Programs.run(directory, "openssl", "genpkey", "-algorithm", "x25519", "-out", "x.pem")
                .good();
        assertTrue(
                said(Secret.of(Files.readString(directory.resolve("x.pem")))).contains("isn't Ed25519, ECDSA or RSA"));
        Programs.run(directory, "openssl", "genrsa", "-out", "short.pem", "1024")
                .good();
        assertTrue(said(Secret.of(Files.readString(directory.resolve("short.pem"))))
                .contains("is RSA of 1024 bits"));
        Programs.run(directory, "openssl", "ecparam", "-name", "secp256k1", "-genkey", "-noout", "-out", "k1.pem")
                .good();
        assertTrue(
                said(Secret.of(Files.readString(directory.resolve("k1.pem")))).contains("must be over P-256"));
    }

    private static Secret block(String label, String base64) {
        return Secret.of("-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n");
    }

    private static String said(Secret text) {
        return String.valueOf(refused(text, NONE).getMessage());
    }

    private static Invalid refused(Secret text, Secret passphrase) {
        return assertThrows(Invalid.class, () -> PrivateKeyText.read("private_key", text, passphrase));
    }
}
