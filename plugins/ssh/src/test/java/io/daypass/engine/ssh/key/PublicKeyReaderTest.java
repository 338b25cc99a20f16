package io.daypass.engine.ssh.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.daypass.engine.ssh.Seeded;
import io.daypass.engine.ssh.wire.SshWriter;
import io.daypass.plugin.Invalid;
import io.daypass.plugin.Secret;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PublicKeyReaderTest {
    private static final PublicKeyReader READER = new PublicKeyReader("public_key");

    private static final SshPublicKey ED25519 = Seeded.pair("ed25519", 0, 1).publicKey();
    private static final SshPublicKey ECDSA = Seeded.pair("ecdsa", 256, 1).publicKey();
    private static final SshPublicKey RSA = Seeded.pair("rsa", 2048, 1).publicKey();

    static Stream<SshPublicKey> keys() {
        return Stream.of(
                ED25519,
                ECDSA,
                Seeded.pair("ecdsa", 384, 1).publicKey(),
                Seeded.pair("ecdsa", 521, 1).publicKey(),
                RSA,
                sk(KeyKind.SK_ED25519, ED25519),
                sk(KeyKind.SK_ECDSA, ECDSA));
    }

    private static SshPublicKey sk(KeyKind kind, SshPublicKey inner) {
        return READER.readBlob(new SshWriter()
                .text(kind.wireName())
                .raw(inner.body())
                .text("ssh:")
                .toBytes());
    }

    @ParameterizedTest
    @MethodSource("keys")
    void read_withOrWithoutComment(SshPublicKey key) {
        assertEquals(key, READER.read(key.line()));
        assertEquals(key, READER.read("  " + key.line() + " me@here and more\n"));
        assertEquals(key, READER.read(key.line().replace(" ", "\t \t")));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void read_cutOffAnywhere_isRefused(SshPublicKey key) {
        byte[] blob = key.blob();
        for (int size = 0; size < blob.length; size++) {
            byte[] part = Arrays.copyOf(blob, size);
            assertEquals(
                    "public_key",
                    assertThrows(Invalid.class, () -> READER.readBlob(part)).field());
        }
    }

    @ParameterizedTest
    @MethodSource("keys")
    void read_withMoreAfterIt_isRefused(SshPublicKey key) {
        byte[] longer = Arrays.copyOf(key.blob(), key.blob().length + 1);
        assertThrows(Invalid.class, () -> READER.readBlob(longer));
    }

    static Stream<Arguments> refused() {
        String certificate = Base64.getEncoder()
                .encodeToString(new SshWriter()
                        .text("ssh-ed25519-cert-v01@openssh.com")
                        .text("nonce")
                        .toBytes());
        return Stream.of(
                Arguments.of("", "is empty"),
                Arguments.of("\n \n", "is empty"),
                Arguments.of("ssh-ed25519", "base64 part is missing"),
                Arguments.of("ssh-ed25519 !!!!", "no base64"),
                Arguments.of("ssh-ed25519 " + "A".repeat(9_000), "characters, more than"),
                Arguments.of("AAAA", "isn't a key of a known type"),
                Arguments.of("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n", "is a private key"),
                Arguments.of("-----BEGIN RSA PRIVATE KEY-----\nAAAA\n", "is a private key"),
                Arguments.of("PuTTY-User-Key-File-3: ssh-ed25519\n", "is a private key"),
                Arguments.of("-----BEGIN PUBLIC KEY-----\nAAAA\n", "another format"),
                Arguments.of("---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n", "another format"),
                Arguments.of("ssh-dss AAAAB3NzaC1kc3M=", "is a DSA key"),
                Arguments.of("ssh-ed25519-cert-v01@openssh.com " + certificate, "is a certificate; send the key"),
                Arguments.of("ssh-ed25519 " + certificate, "is a certificate; send the key"),
                Arguments.of("ssh-rsa " + ED25519.line().substring(12), "says ssh-rsa in front"),
                Arguments.of(ED25519.line() + "\n" + ECDSA.line(), "must be one line"),
                Arguments.of(ED25519.line() + " a\0b", "must be one line"),
                Arguments.of("no-pty " + ED25519.line(), "isn't a key of a known type"),
                Arguments.of(line("ssh-ed448", new SshWriter().bytes(new byte[57])), "isn't a key of a known type"),
                Arguments.of(line("ssh-ed25519", new SshWriter().bytes(new byte[31])), "of 31 bytes, not 32"),
                Arguments.of(line("ssh-ed25519", new SshWriter().bytes(new byte[33])), "of 33 bytes, more than 32"),
                Arguments.of(line("ssh-ed25519", new SshWriter().bytes(new byte[32])), "no point of the curve"),
                Arguments.of(ecdsa("nistp224", ECDSA), "must be over nistp256"),
                Arguments.of(ecdsa("nistp384", ECDSA), "must be over nistp256"),
                Arguments.of(offCurve(), "isn't on nistp256"),
                Arguments.of(point(new byte[] {0}), "isn't on nistp256"),
                Arguments.of(point(Seeded.pair("ecdsa", 384, 1).publicKey().blob()), "isn't on nistp256"),
                Arguments.of(rsa(BigInteger.ONE, modulus(2048)), "exponent must be odd and at least 3"),
                Arguments.of(rsa(BigInteger.valueOf(65_536), modulus(2048)), "exponent must be odd"),
                Arguments.of(rsa(BigInteger.TWO.pow(80), modulus(2048)), "exponent is of 11 bytes"),
                Arguments.of(rsa(BigInteger.valueOf(3), modulus(1024)), "is RSA of 1024 bits, fewer than 2048"),
                Arguments.of(rsa(BigInteger.valueOf(3), modulus(2047)), "is RSA of 2047 bits, fewer than 2048"),
                Arguments.of(rsa(BigInteger.valueOf(3), modulus(16_392)), "modulus is of 2050 bytes"),
                Arguments.of(rsa(BigInteger.valueOf(3), modulus(2048).clearBit(0)), "has a small factor"),
                Arguments.of(
                        rsa(BigInteger.valueOf(3), modulus(2040).multiply(BigInteger.valueOf(509))),
                        "has a small factor"),
                Arguments.of(paddedModulus(), "isn't written as short as it can be"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void read_whatMustNotBeCertified_isRefused(String text, String problem) {
        Invalid error = assertThrows(Invalid.class, () -> READER.read(text));
        assertEquals("public_key", error.field());
        String message = String.valueOf(error.getMessage());
        assertTrue(message.contains(problem), message);
    }

    /** A point that isn't on the curve, or of a small group, tells a secret to whoever sent it. */
    @Test
    void read_ed25519OfSmallOrder_isRefused() {
        byte[] one = new byte[32];
        one[0] = 1;
        String text = line("ssh-ed25519", new SshWriter().bytes(one));
        assertThrows(Invalid.class, () -> READER.read(text));
    }

    @Test
    void read_changedAnywhere_isAnotherKeyOrRefused() {
        Random random = new Random(7);
        for (SshPublicKey key : keys().toList()) {
            for (int i = 0; i < 500; i++) {
                byte[] blob = key.blob();
                blob[random.nextInt(blob.length)] ^= (byte) (1 + random.nextInt(255));
                try {
                    assertEquals(
                            READER.readBlob(blob).line(),
                            READER.read(READER.readBlob(blob).line()).line());
                } catch (Invalid e) {
                    assertEquals("public_key", e.field());
                }
            }
        }
    }

    @FuzzTest
    void read_fuzzed(FuzzedDataProvider data) {
        boolean text = data.consumeBoolean();
        try {
            if (text) {
                READER.read(data.consumeRemainingAsString());
            } else {
                READER.readBlob(data.consumeRemainingAsBytes());
            }
        } catch (Invalid e) {
            assertEquals("public_key", e.field());
        }
    }

    /** Whatever is imported: it is taken, or it is said what is wrong with it. */
    @FuzzTest
    void privateKey_fuzzed(FuzzedDataProvider data) {
        String label = data.pickValue(List.of(
                "OPENSSH PRIVATE KEY", "PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"));
        byte[] bytes = data.consumeRemainingAsBytes();
        privateKey(label, bytes);
    }

    @Test
    void privateKey_changedOrCutOffAnywhere_isTakenOrRefused() {
        Secret written = PrivateKeyText.write(Seeded.pair("ecdsa", 256, 4), 7, "c");
        String base64 = String.join(
                "",
                written.reveal().lines().filter(each -> !each.startsWith("-")).toList());
        byte[] bytes = Base64.getDecoder().decode(base64);
        Random random = new Random(5);
        for (int i = 0; i < bytes.length; i++) {
            privateKey("OPENSSH PRIVATE KEY", Arrays.copyOf(bytes, i));
            byte[] changed = bytes.clone();
            changed[i] ^= (byte) (1 + random.nextInt(255));
            privateKey("OPENSSH PRIVATE KEY", changed);
            privateKey("PRIVATE KEY", changed);
        }
    }

    private static void privateKey(String label, byte[] bytes) {
        String text = "-----BEGIN " + label + "-----\n" + Base64.getEncoder().encodeToString(bytes) + "\n-----END "
                + label + "-----\n";
        try {
            PrivateKeyText.read("private_key", Secret.of(text), Secret.of("p"));
        } catch (Invalid e) {
            assertTrue(List.of("private_key", "passphrase").contains(e.field()), e.field());
        }
    }

    private static String line(String name, SshWriter body) {
        byte[] blob = new SshWriter().text(name).raw(body.toBytes()).toBytes();
        return name + " " + Base64.getEncoder().encodeToString(blob);
    }

    private static String ecdsa(String curve, SshPublicKey key) {
        byte[] body = key.body();
        byte[] point = Arrays.copyOfRange(body, 4 + 8, body.length);
        return line("ecdsa-sha2-nistp256", new SshWriter().text(curve).raw(point));
    }

    private static String offCurve() {
        byte[] blob = ECDSA.blob();
        blob[blob.length - 1] ^= 1;
        return ECDSA.kind().wireName() + " " + Base64.getEncoder().encodeToString(blob);
    }

    private static String point(byte[] point) {
        return line(
                "ecdsa-sha2-nistp256",
                new SshWriter().text("nistp256").bytes(Arrays.copyOf(point, Math.min(point.length, 250))));
    }

    private static String rsa(BigInteger exponent, BigInteger modulus) {
        return line("ssh-rsa", new SshWriter().mpint(exponent).mpint(modulus));
    }

    private static BigInteger modulus(int bits) {
        return new BigInteger(bits, new Random(3)).setBit(bits - 1).setBit(0);
    }

    private static String paddedModulus() {
        byte[] number = modulus(2047).toByteArray();
        byte[] padded = new byte[number.length + 1];
        System.arraycopy(number, 0, padded, 1, number.length);
        return line("ssh-rsa", new SshWriter().mpint(BigInteger.valueOf(3)).bytes(padded));
    }
}
