package io.daypass.cli.ssh.certificate;

import io.daypass.cli.shell.Secret;
import io.daypass.cli.ssh.wire.Blob;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.util.Arrays;
import java.util.Base64;

/** A pair of Ed25519 keys that is made for one purpose, and prints as its public half. */
public final class LoginKey {
    private static final String TYPE = "ssh-ed25519";
    private static final int BYTES = 32;
    /** The ciphers' block where there is none, by OpenSSH's PROTOCOL.key. */
    private static final int BLOCK = 8;

    private final PrivateKey privateKey;
    private final byte[] publicBytes;

    private LoginKey(PrivateKey privateKey, byte[] publicBytes) {
        this.privateKey = privateKey;
        this.publicBytes = publicBytes;
    }

    /** Makes one. */
    public static LoginKey make() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] encoded = pair.getPublic().getEncoded();
            // A SubjectPublicKeyInfo ends with the key's own 32 bytes (RFC 8410).
            return new LoginKey(pair.getPrivate(), Arrays.copyOfRange(encoded, encoded.length - BYTES, encoded.length));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK from 15 on has Ed25519", impossible);
        }
    }

    /** The public half in binary. */
    public byte[] blob() {
        return new Blob().text(TYPE).bytes(publicBytes).toBytes();
    }

    /** The public half, as in a {@code .pub} file. */
    public String line() {
        return TYPE + " " + Base64.getEncoder().encodeToString(blob());
    }

    /**
     * Both halves with a certificate, as an agent takes them. Whoever has it is to erase it.
     *
     * @param comment what the agent lists it by
     */
    public byte[] forAgent(Certificate certificate, String comment) {
        byte[] both = both();
        Blob blob = new Blob()
                .text(TYPE + "-cert-v01@openssh.com")
                .bytes(certificate.blob().array())
                .bytes(publicBytes)
                .bytes(both)
                .text(comment);
        byte[] identity = blob.toBytes();
        blob.erase();
        Arrays.fill(both, (byte) 0);
        return identity;
    }

    /**
     * Both halves as a file that ssh reads, without a passphrase: OpenSSH's PROTOCOL.key.
     *
     * @param comment what ssh lists it by
     */
    public Secret file(String comment) {
        byte[] both = both();
        // Two equal numbers, by which a decryption would be checked: without one, any will do.
        Blob inner = new Blob()
                .u32(0)
                .u32(0)
                .text(TYPE)
                .bytes(publicBytes)
                .bytes(both)
                .text(comment);
        for (int i = 1; inner.length() % BLOCK != 0; i++) {
            inner.u8(i);
        }
        byte[] text = new Blob()
                .raw("openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII))
                .text("none")
                .text("none")
                .text("")
                .u32(1)
                .bytes(blob())
                .bytes(inner.toBytes())
                .toBytes();
        inner.erase();
        Arrays.fill(both, (byte) 0);
        Base64.Encoder lines = Base64.getMimeEncoder(70, new byte[] {'\n'});
        return Secret.of("-----BEGIN OPENSSH PRIVATE KEY-----\n" + lines.encodeToString(text)
                + "\n-----END OPENSSH PRIVATE KEY-----\n");
    }

    /** The private half, with the public one behind it, as OpenSSH has it. */
    private byte[] both() {
        byte[] seed = ((EdECPrivateKey) privateKey).getBytes().orElseThrow();
        byte[] both = Arrays.copyOf(seed, 2 * BYTES);
        System.arraycopy(publicBytes, 0, both, BYTES, BYTES);
        Arrays.fill(seed, (byte) 0);
        return both;
    }

    @Override
    public String toString() {
        return line();
    }
}
