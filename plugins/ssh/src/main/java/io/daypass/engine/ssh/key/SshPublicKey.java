package io.daypass.engine.ssh.key;

import io.daypass.engine.ssh.wire.SshReader;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A public key that has been checked: its numbers are in range, its point is on its curve, its bytes are the only way to write it. */
public final class SshPublicKey {
    private final KeyKind kind;
    private final int bits;
    private final byte[] blob;

    SshPublicKey(KeyKind kind, int bits, byte[] blob) {
        this.kind = kind;
        this.bits = bits;
        this.blob = blob;
    }

    /** Which kind it is of. */
    public KeyKind kind() {
        return kind;
    }

    /** Its length as {@code ssh-keygen -l} shows it: the modulus of RSA, else the curve. */
    public int bits() {
        return bits;
    }

    /** The key on the wire: its name, then its numbers. */
    public byte[] blob() {
        return blob.clone();
    }

    /** The key on the wire without its name. */
    public byte[] body() {
        return Arrays.copyOfRange(blob, 4 + kind.wireName().length(), blob.length);
    }

    /** Whether these are its bytes on the wire. */
    boolean isWritten(byte[] bytes) {
        return Arrays.equals(blob, bytes);
    }

    /** Reads the numbers, which have been checked. */
    SshReader numbers() {
        return new SshReader("public_key", body());
    }

    /** SHA-256 of the key in the notation of {@code ssh-keygen -l}: {@code SHA256:} and base64 without padding. */
    public String fingerprint() {
        return fingerprint(blob);
    }

    /** The same, of a key on the wire, whatever it is. */
    public static String fingerprint(byte[] blob) {
        return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(sha256(blob));
    }

    /** SHA-256 of the key on the wire. */
    public byte[] sha256() {
        return sha256(blob);
    }

    private static byte[] sha256(byte[] blob) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(blob);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The key as in a {@code .pub} file, without comment and without newline. */
    public String line() {
        return kind.wireName() + " " + Base64.getEncoder().encodeToString(blob);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SshPublicKey key && Arrays.equals(blob, key.blob);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(blob);
    }

    @Override
    public String toString() {
        return line();
    }
}
