package io.daypass.engine.ssh.key;

import io.daypass.engine.ssh.wire.SshReader;
import io.daypass.engine.ssh.wire.SshWriter;
import io.daypass.plugin.Invalid;
import io.daypass.plugin.Secret;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;

/** OpenSSH's own format of private keys (PROTOCOL.key): read with or without a passphrase, written without. */
final class OpenSshPrivateKey {
    static final String LABEL = "OPENSSH PRIVATE KEY";

    private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST = 32 * 1_024;
    private static final int LONGEST_NAME = 64;
    private static final int BLOCK = 8;
    private static final int LINE = 70;

    private OpenSshPrivateKey() {}

    /**
     * Reads one key.
     *
     * @param field named in every error
     * @param bytes what the base64 held
     * @param passphrase empty if there is none
     */
    static SshKeyPair read(String field, byte[] bytes, Secret passphrase) {
        if (bytes.length < MAGIC.length || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new Invalid(field, "isn't openssh-key-v1 inside");
        }
        SshReader reader = new SshReader(field, Arrays.copyOfRange(bytes, MAGIC.length, bytes.length));
        String cipher = reader.text("the cipher's name", LONGEST_NAME);
        String kdf = reader.text("the key derivation's name", LONGEST_NAME);
        SshReader kdfOptions = reader.nested("the key derivation's options", 1_024);
        if (reader.u32("the number of keys") != 1) {
            throw new Invalid(field, "holds several keys; send one");
        }
        SshPublicKey stated = new PublicKeyReader(field).readBlob(reader.bytes("the public half", LONGEST));
        byte[] sealed = reader.bytes("the private half", LONGEST);
        OpenSshCipher opener = new OpenSshCipher(field, cipher, kdf);
        SshKeyPair pair = pair(field, opener.open(sealed, reader.rest(), kdfOptions, passphrase));
        if (!pair.publicKey().equals(stated)) {
            throw new Invalid(field, "its public half isn't that of its private half");
        }
        return pair;
    }

    private static SshKeyPair pair(String field, byte[] plain) {
        SshReader reader = new SshReader(field, plain);
        if (reader.u32("the first check number") != reader.u32("the second check number")) {
            throw new Invalid(field, "can't be decrypted: the passphrase is wrong");
        }
        String name = reader.text("the key's type", LONGEST_NAME);
        KeyKind kind =
                KeyKind.ofWireName(name).orElseThrow(() -> new Invalid(field, "isn't Ed25519, ECDSA or RSA inside"));
        SshKeyPair pair = switch (kind) {
            case ED25519 -> ed25519(field, reader);
            case ECDSA_256, ECDSA_384, ECDSA_521 -> ecdsa(field, kind, reader);
            case RSA -> rsa(field, reader);
            case SK_ED25519, SK_ECDSA ->
                throw new Invalid(field, "is held in a FIDO authenticator, which can't be imported");
        };
        reader.text("the comment", 4_096);
        return pair;
    }

    private static SshKeyPair ed25519(String field, SshReader reader) {
        byte[] point = reader.exactly("the Ed25519 key", 32);
        byte[] both = reader.exactly("the Ed25519 private key", 64);
        if (!Arrays.equals(both, 32, 64, point, 0, 32)) {
            throw new Invalid(field, "its public half isn't that of its private half");
        }
        return SshKeyPair.ed25519(Arrays.copyOf(both, 32));
    }

    private static SshKeyPair ecdsa(String field, KeyKind kind, SshReader reader) {
        reader.text("the curve's name", LONGEST_NAME);
        reader.bytes("the point", 256);
        return SshKeyPair.ecdsa(field, kind, reader.mpint("the number of the ECDSA key", 528));
    }

    private static SshKeyPair rsa(String field, SshReader reader) {
        int most = PublicKeyReader.LONGEST_RSA;
        BigInteger n = reader.mpint("the RSA modulus", most);
        BigInteger e = reader.mpint("the RSA exponent", most);
        BigInteger d = reader.mpint("the RSA private exponent", most);
        reader.mpint("the RSA coefficient", most);
        BigInteger p = reader.mpint("the first RSA prime", most);
        BigInteger q = reader.mpint("the second RSA prime", most);
        return SshKeyPair.rsa(field, n, e, d, p, q);
    }

    /**
     * Writes a pair, as {@code ssh-keygen} does without a passphrase.
     *
     * @param check any number; it stands twice in front, to tell a wrong passphrase
     * @param comment one line
     */
    static Secret write(SshKeyPair pair, int check, String comment) {
        SshWriter inner = new SshWriter().u32(check).u32(check);
        numbers(pair, inner);
        inner.text(comment);
        for (int i = 1; inner.size() % BLOCK != 0; i++) {
            inner.u8(i);
        }
        byte[] bytes = new SshWriter()
                .raw(MAGIC)
                .text("none")
                .text("none")
                .text("")
                .u32(1)
                .bytes(pair.publicKey().blob())
                .nested(inner)
                .toBytes();
        String base64 = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(bytes);
        return Secret.of("-----BEGIN " + LABEL + "-----\n" + base64 + "\n-----END " + LABEL + "-----\n");
    }

    private static void numbers(SshKeyPair pair, SshWriter out) {
        KeyKind kind = pair.publicKey().kind();
        out.text(kind.wireName());
        if (pair.reveal() instanceof Ed25519PrivateKeyParameters key) {
            byte[] point = key.generatePublicKey().getEncoded();
            out.bytes(point).nested(new SshWriter().raw(key.getEncoded()).raw(point));
        } else if (pair.reveal() instanceof ECPrivateKeyParameters key) {
            out.raw(pair.publicKey().body()).mpint(key.getD());
        } else if (pair.reveal() instanceof RSAPrivateCrtKeyParameters key) {
            out.mpint(key.getModulus())
                    .mpint(key.getPublicExponent())
                    .mpint(key.getExponent())
                    .mpint(key.getQInv())
                    .mpint(key.getP())
                    .mpint(key.getQ());
        } else {
            throw new IllegalStateException(kind + " has no private half here");
        }
    }
}
